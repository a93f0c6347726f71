/// Tells pages whose text can only be seen from those whose text can be read.
enum ScanFinder {
    /// A page number or a stamp may stand over a scan.
    private static let glyphsMax = 20
    private static let areaMin: Float = 0.5

    /// Hardly any text, and images over more than half of the page.
    static func isScan(_ content: PageContent) -> Bool {
        guard content.glyphs.count < glyphsMax else { return false }
        let visible = content.images.map { $0.intersection(content.bounds) }
        // Strips of one scan lie side by side; what lies one upon the other counts twice, which does no harm here.
        return visible.reduce(0) { $0 + $1.area } > areaMin * content.bounds.area
    }
}
