/// Finds pictures among a page's images: strips of one image are joined, decorations dropped, scans told from pictures.
enum PictureFinder {
    /// Smaller than this on either side is a decoration, in points, unless the page is hardly more.
    private static let minSide: Float = 24
    private static let minArea: Float = 1_200
    private static let maxPictures = 200

    static func pictures(in content: PageContent, lines: [TextLine]) -> [LayoutPicture] {
        var boxes: [Box] = []
        for image in content.images.prefix(2_000) where image.width > 1 && image.height > 1 {
            var merged = image
            // Images cut into strips or tiles touch each other.
            var index = 0
            while index < boxes.count {
                if boxes[index].overlapX(merged) >= -1.5, boxes[index].overlapY(merged) >= -1.5 {
                    merged.formUnion(boxes.remove(at: index))
                    index = 0
                } else {
                    index += 1
                }
            }
            boxes.append(merged)
        }
        let pageArea = max(content.bounds.area, 1)
        return boxes.filter { isLarge($0) || $0.area > 0.5 * pageArea }.prefix(maxPictures).map { box in
            let isBackground =
                box.area > 0.8 * pageArea && lines.count { box.containsCentre(of: $0.box) } > (content.recognition == nil ? 3 : 0)
            return LayoutPicture(box: box, order: order(of: box, lines), isBackground: isBackground)
        }
    }

    private static func isLarge(_ box: Box) -> Bool { box.width >= minSide && box.height >= minSide && box.area >= minArea }

    /// A picture has no place in the order of text, so it comes before the first line that stands below it in its column.
    static func order(of box: Box, _ lines: [TextLine]) -> Int {
        var best: TextLine?
        for line in lines where line.box.y1 <= box.y0 + line.size && line.box.overlapX(box) > 0 {
            if let found = best, found.box.y1 >= line.box.y1 { continue }
            best = line
        }
        if let best { return best.order }
        return lines.last { $0.box.y0 >= box.y1 - $0.size && $0.box.overlapX(box) > 0 }.map { $0.order + 1 } ?? Int.max
    }
}
