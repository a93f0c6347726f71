/// One image of a file, as its header tells it.
package struct ImageFrame: Equatable {
    /// In pixels.
    package var width: Int
    package var height: Int
    /// Dots per inch; 0 where the file does not say, or says nonsense.
    package var resolution: Int

    /// Scanners and cameras stay between these.
    private static let resolutions = 50...2400
    /// What images that do not tell their resolution are taken for: the longer side of A4.
    private static let usualInches = 11.69
    private static let usualResolutions = 70...600

    init(width: Int, height: Int, resolution: Double) {
        self.width = width
        self.height = height
        let rounded = resolution.isFinite ? Int(max(0, min(resolution, 1e6)).rounded()) : 0
        self.resolution = Self.resolutions.contains(rounded) ? rounded : 0
    }

    /// Dots per inch: what the file says, or else what makes it a page.
    var likelyResolution: Int {
        if resolution > 0 { return resolution }
        let inches = Double(max(width, height)) / Self.usualInches
        return max(Self.usualResolutions.lowerBound, min(Self.usualResolutions.upperBound, Int(inches.rounded())))
    }
}
