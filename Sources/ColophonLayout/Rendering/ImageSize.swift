/// How many pixels the image of a page has.
struct ImageSize: Equatable {
    let width: Int
    let height: Int

    /// The longest side that browsers show.
    static let sideMax = 16_384
    /// The shape of a page whose size cannot be used: a US letter.
    private static let fallback = (width: 612.0, height: 792.0)

    /// The wanted width, or less where the image would have too many pixels or too long a side.
    ///
    /// - Parameters:
    ///   - pageWidth: In any unit; so is `pageHeight`.
    ///   - width: At least 1.
    ///   - pixelsMax: At least 1.
    init(pageWidth: Float, pageHeight: Float, width wanted: Int, pixelsMax: Int) {
        let isUsable = pageWidth > 0 && pageHeight > 0 && pageWidth.isFinite && pageHeight.isFinite
        let page = isUsable ? (width: Double(pageWidth), height: Double(pageHeight)) : Self.fallback
        let aspect = page.height / page.width
        var width = Double(min(wanted, Self.sideMax))
        width = min(width, Double(Self.sideMax) / aspect, (Double(pixelsMax) / aspect).squareRoot())
        self.width = max(Int(width), 1)
        // Rounding must not lead beyond the bounds again.
        height = max(min(Int((width * aspect).rounded()), Self.sideMax, pixelsMax / self.width), 1)
    }
}
