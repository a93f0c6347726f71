/// One page of a PDF that is drawn by hand, in points from its lower left corner: texts, lines, areas, curves and images.
package struct PageCanvas: Sendable {
    package let width: Double
    package let height: Double
    /// The page's operators (ISO 32000-1, annex A), one drawing a line.
    private(set) var operators = ""
    private(set) var images: [Image] = []

    /// A sheet of A4, unless told otherwise.
    package init(width: Double = 595, height: Double = 842) {
        self.width = width
        self.height = height
    }

    package struct Point: Sendable {
        package var x: Double
        package var y: Double

        package init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// A colour; its parts lie between 0 and 1.
    package struct Ink: Sendable {
        var red: Double
        var green: Double
        var blue: Double

        package init(_ red: Double, _ green: Double, _ blue: Double) {
            self.red = red
            self.green = green
            self.blue = blue
        }

        package static let black = Ink(0, 0, 0)
        package static let white = Ink(1, 1, 1)
        package static func grey(_ light: Double) -> Ink { Ink(light, light, light) }
    }

    /// Pixels, three bytes each, row by row from the top.
    struct Image {
        var width: Int
        var height: Int
        var pixels: [UInt8]
    }

    // MARK: Shapes

    package mutating func line(from start: Point, to end: Point, thickness: Double = 0.6, ink: Ink = .black) {
        draw("\(number(thickness)) w \(parts(ink)) RG \(place(start)) m \(place(end)) l S")
    }

    /// A horizontal line.
    mutating func rule(y: Double, from left: Double, to right: Double, thickness: Double = 0.6, ink: Ink = .black) {
        line(from: Point(left, y), to: Point(right, y), thickness: thickness, ink: ink)
    }

    package mutating func frame(_ corner: Point, width: Double, height: Double, thickness: Double, ink: Ink) {
        draw("\(number(thickness)) w \(parts(ink)) RG \(place(corner)) \(number(width)) \(number(height)) re S")
    }

    package mutating func area(_ corner: Point, width: Double, height: Double, ink: Ink) {
        draw("\(parts(ink)) rg \(place(corner)) \(number(width)) \(number(height)) re f")
    }

    /// A smooth line through points (Catmull and Rom 1974).
    mutating func curve(through points: [Point], thickness: Double = 1, ink: Ink = .black) {
        guard let first = points.first, let last = points.last else { return }
        var path = "\(number(thickness)) w \(parts(ink)) RG \(place(first)) m"
        let all = [first] + points + [last]
        for index in 1..<points.count {
            let (before, from, to, after) = (all[index - 1], all[index], all[index + 1], all[index + 2])
            let leave = Point(from.x + (to.x - before.x) / 6, from.y + (to.y - before.y) / 6)
            let arrive = Point(to.x - (after.x - from.x) / 6, to.y - (after.y - from.y) / 6)
            path += " \(place(leave)) \(place(arrive)) \(place(to)) c"
        }
        draw(path + " S")
    }

    mutating func image(_ image: Image, _ corner: Point, width: Double, height: Double) {
        images.append(image)
        draw("q \(number(width)) 0 0 \(number(height)) \(place(corner)) cm /Im\(images.count) Do Q")
    }

    // MARK: Operators

    mutating func draw(_ operators: String) { self.operators += operators + "\n" }

    func place(_ point: Point) -> String { "\(number(point.x)) \(number(point.y))" }

    func parts(_ ink: Ink) -> String { "\(number(ink.red)) \(number(ink.green)) \(number(ink.blue))" }

    /// To the hundredth: PDF knows no exponents, and more digits show nowhere.
    func number(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
