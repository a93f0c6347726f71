/// Draws single pages of stored documents as images, for people to look at.
package protocol PageRenderer: Sendable {
    /// Draws one page of a PDF on white, as a viewer shows it.
    ///
    /// The document may be anybody's: whatever it does ends within `Limits.pageTimeout`, and cancelling the calling task ends the work within
    /// two seconds. Nothing is kept of it.
    ///
    /// - Parameters:
    ///   - number: The page, from 1.
    ///   - width: The image's width in pixels, within `PageImage.widths`. It has less, in proportion to the page, where it would
    ///     have more than `PageImage.pixelsMax` pixels.
    ///   - descriptor: The document's bytes, readable from offset 0; stays the caller's to close.
    /// - Returns: A PNG of at most `PageImage.bytesMax` bytes, whose size in pixels is as was asked; the pixels are a stranger's.
    /// - Throws: `ColophonError`: `notFound` with reason `PAGE_NOT_FOUND` when the document has no such page and `NOT_FOUND` when it is no PDF;
    ///   `unavailable` when the page could not be drawn, with what the document or its reader did as the cause; `CancellationError` when the
    ///   task was cancelled.
    /// - Complexity: A process, about 0.1 s of processor time, and up to `Limits.childMemoryBytesMax` of memory while it lasts.
    func render(page number: Int, width: Int, descriptor: Int32) async throws -> [UInt8]
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
