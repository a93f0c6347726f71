package import DoclingDocument

/// Draws single pages of stored documents as images, for people to look at.
package protocol PageRenderer: Sendable {
    /// Draws one page of a PDF on white, as a viewer shows it.
    ///
    /// The document may be anybody's: whatever it does ends within `Limits.pageTimeout`, and cancelling the calling task ends the work within
    /// two seconds. Nothing is kept of it.
    ///
    /// - Parameter descriptor: The document's bytes, readable from offset 0; stays the caller's to close.
    /// - Returns: A PNG of at most `PageImage.bytesMax` bytes, whose size in pixels is as was asked; the pixels are a stranger's.
    /// - Throws: `ColophonError`: `notFound` with reason `PAGE_NOT_FOUND` when the document has no such page and `NOT_FOUND` when it is no PDF;
    ///   `unavailable` when the page could not be drawn, with what the document or its reader did as the cause; `CancellationError` when the
    ///   task was cancelled.
    /// - Complexity: A process, about 0.1 s of processor time, and up to `Limits.childMemoryBytesMax` of memory while it lasts.
    func render(_ drawing: PageDrawing, descriptor: Int32) async throws -> [UInt8]
}

/// What of a page is to be drawn, and how large.
package struct PageDrawing: Sendable, Equatable {
    /// From 1.
    package var pageNumber: Int
    /// The image's width in pixels, within `PageImage.widths`. It has less, in proportion, where it would have more than
    /// `PageImage.pixelsMax` pixels.
    package var width: Int
    /// The part that is drawn, in points from the upper left corner of the page as it is shown; nil draws the whole page.
    package var region: BoundingBox?
    /// What opens the document where it is protected.
    package var password: String?

    package init(pageNumber: Int, width: Int, region: BoundingBox? = nil, password: String? = nil) {
        self.pageNumber = pageNumber
        self.width = width
        self.region = region
        self.password = password
    }
}

extension BoundingBox {
    /// Less of a page shows nothing, in points.
    private static let shownSideMin = 4.0

    /// What lies on a page of this size of a box that is measured from its upper left corner; nil when that is less than four points in one
    /// direction.
    package func shown(onPageOf width: Double, by height: Double) -> BoundingBox? {
        let part = BoundingBox(left: max(left, 0), top: max(top, 0), right: min(right, width), bottom: min(bottom, height))
        return part.right - part.left >= Self.shownSideMin && part.bottom - part.top >= Self.shownSideMin ? part : nil
    }
}

/// The bounds of pages' images.
package enum PageImage {
    /// In pixels.
    package static let widths = 64...2400
    package static let widthDefault = 1000
    /// Low enough that an image which cannot be packed, at three bytes a pixel, is still below `bytesMax`.
    package static let pixelsMax = 10_000_000
    package static let bytesMax = 32 << 20
    package static let contentType = "image/png"
}
