/// Finds drawings: charts, diagrams and the like, made of curves and slanted lines.
///
/// The page is rastered coarsely; cells that shapes touch and that touch each other make a figure. Straight lines and areas count only
/// where they meet such a figure, because tables and frames are made of them too.
enum FigureFinder {
    /// The side of a cell on pages of usual size; larger pages have larger cells.
    private static let usualCell: Float = 8
    private static let maxCells = 400
    /// Shapes that would touch more cells than this in all are left out.
    private static let maxMarks = 10_000_000
    private static let maxFigures = 300
    /// Fewer curved or slanted edges than this are an arrow, a rounded frame or a bullet.
    private static let minEdges = 12
    private static let minWidth: Float = 60
    private static let minHeight: Float = 40

    static func figures(in content: PageContent, lines: [TextLine]) -> [Box] {
        let pageArea = max(content.bounds.area, 1)
        let shapes = content.drawings.filter { $0.box.area < 0.6 * pageArea }
        guard shapes.reduce(0, { $0 + min($1.edges, minEdges) }) >= minEdges else { return [] }
        var figures = components(of: shapes, content).filter { $0.edges >= minEdges }.prefix(maxFigures).map(\.box)
        for index in figures.indices { figures[index] = grown(figures[index], content, pageArea) }
        figures = figures.filter { figure in
            figure.width >= minWidth && figure.height >= minHeight && !holdsProse(figure, lines, pageArea)
        }
        return joined(figures).map { withLabels($0, lines) }
    }

    private static func components(of shapes: [Drawing], _ content: PageContent) -> [Drawing] {
        let cell = max(usualCell, max(content.width, content.height) / Float(maxCells - 2))
        let columns = min(Int(content.width / cell) + 2, maxCells)
        let rows = min(Int(content.height / cell) + 2, maxCells)
        guard columns > 0, rows > 0 else { return [] }
        var sets = DisjointSets(count: columns * rows)
        var used = [Bool](repeating: false, count: columns * rows)
        func range(_ start: Float, _ end: Float, _ count: Int) -> ClosedRange<Int> {
            let first = min(max(Int(start / cell), 0), count - 1)
            return first...min(max(Int(end / cell), first), count - 1)
        }
        var marks = 0
        for shape in shapes {
            let across = range(shape.box.x0, shape.box.x1, columns)
            let along = range(shape.box.y0, shape.box.y1, rows)
            marks += across.count * along.count
            guard marks < maxMarks else { break }
            let first = along.lowerBound * columns + across.lowerBound
            for row in along { for column in across { mark(row * columns + column, first) } }
        }
        func mark(_ place: Int, _ first: Int) {
            used[place] = true
            sets.join(place, first)
        }
        for place in used.indices where used[place] {
            let column = place % columns
            for (step, isInside) in [
                (1, column + 1 < columns), (columns, true), (columns + 1, column + 1 < columns), (columns - 1, column > 0),
            ]
            where isInside && place + step < used.count && used[place + step] {
                sets.join(place, place + step)
            }
        }
        var found: [Int: Drawing] = [:]
        for shape in shapes {
            let place = range(shape.box.y0, shape.box.y0, rows).lowerBound * columns + range(shape.box.x0, shape.box.x0, columns).lowerBound
            let root = sets.root(of: place)
            var drawing = found[root] ?? Drawing(box: .empty, edges: 0)
            drawing.box.formUnion(shape.box)
            drawing.edges += shape.edges
            found[root] = drawing
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    /// With the axes, bars and images that meet it.
    private static func grown(_ figure: Box, _ content: PageContent, _ pageArea: Float) -> Box {
        var result = figure
        for _ in 0..<2 {
            let reach = result.expanded(by: 4)
            for ruling in content.rulings
            where !reach.intersection(ruling.box).isEmpty && ruling.length < 1.5 * max(result.width, result.height) {
                result.formUnion(ruling.box)
            }
            for area in content.fills where !reach.intersection(area).isEmpty && area.area < 0.3 * pageArea { result.formUnion(area) }
            for image in content.images where !reach.intersection(image).isEmpty && image.area < 0.3 * pageArea { result.formUnion(image) }
        }
        return result
    }

    /// A frame around paragraphs, however ornate, is no figure.
    private static func holdsProse(_ figure: Box, _ lines: [TextLine], _ pageArea: Float) -> Bool {
        let inside = lines.filter { figure.containsCentre(of: $0.box) }
        if inside.count(where: { $0.words.count >= 6 }) > 3 { return true }
        // Much of the page with much of its text: a page that is decorated, not a figure.
        return figure.area > 0.25 * pageArea && inside.count * 3 > lines.count && inside.count > 8
    }

    private static func joined(_ figures: [Box]) -> [Box] {
        var result: [Box] = []
        for figure in figures {
            var merged = figure
            var index = 0
            while index < result.count {
                if result[index].intersection(merged).isEmpty {
                    index += 1
                } else {
                    merged.formUnion(result.remove(at: index))
                    index = 0
                }
            }
            result.append(merged)
        }
        return result
    }

    /// With the short texts at its sides, such as the numbers of an axis.
    private static func withLabels(_ figure: Box, _ lines: [TextLine]) -> Box {
        var result = figure
        for line in lines where line.words.count <= 3 && line.box.height < 20 {
            if !figure.expanded(by: 1.2 * line.size).intersection(line.box).isEmpty, line.box.width < 0.4 * figure.width {
                result.formUnion(line.box)
            }
        }
        return result
    }
}

extension PageLayout {
    /// Adds drawings to the pictures; images within them belong to them.
    mutating func add(figures: [Box], lines: [TextLine]) {
        guard !figures.isEmpty else { return }
        pictures.removeAll { picture in !picture.isBackground && figures.contains { $0.containsCentre(of: picture.box) } }
        pictures += figures.map { LayoutPicture(box: $0, order: PictureFinder.order(of: $0, lines)) }
    }

    /// Texts within a drawing are its labels.
    mutating func markFigureTexts(_ figures: [Box]) {
        guard !figures.isEmpty else { return }
        let first = pictures.count - figures.count
        for index in lines.indices {
            if let figure = figures.firstIndex(where: { $0.containsCentre(of: lines[index].box) }) { lines[index].picture = first + figure }
        }
    }
}
