package import DoclingDocument

extension Library {
    /// The largest list of pages that is read to draw one of them, in bytes; a page takes about 60.
    private static let pagesBytesMax = 4 << 20

    /// One page of the bytes that a run read, as an image.
    ///
    /// - Parameters:
    ///   - number: From 1.
    ///   - width: In pixels, within `PageImage.widths`; as `PageRenderer.render` takes it.
    ///   - region: The part that is drawn; nil draws the whole page.
    ///   - run: Whose bytes and pages; nil takes the document's newest complete one.
    /// - Throws: `invalid` for another width, or a region that is not on the page; `conflict` with reason `NOT_READY` when there is no complete run; `notFound` with reason
    ///   `PAGE_NOT_FOUND` when the result has no such page, `NOT_FOUND` when the bytes are no PDF, `EXPIRED` when they are gone, or the result
    ///   is; `unavailable` when nothing here draws pages, too many are drawn at once, or this one could not be.
    /// - Complexity: Reads the bytes once to check them, and draws: nothing is kept. Two at once, whoever asks.
    package func pageImage(
        _ number: Int, width: Int, region: BoundingBox? = nil, run: RunID?, of id: DocumentID, in scope: WorkspaceScope
    ) async throws -> (resolved: ResolvedArtifact, png: [UInt8]) {
        guard PageImage.widths.contains(width) else {
            let (least, most) = (PageImage.widths.lowerBound, PageImage.widths.upperBound)
            throw ColophonError(.invalid, "width must be from \(least) to \(most) pixels.", field: "width")
        }
        let resolved = try await store.artifact(.pages, run: run, of: id, in: scope)
        let version = resolved.version
        guard version.contentType == "application/pdf" else {
            throw ColophonError(.notFound, "Only the pages of PDFs have images.", reason: "NOT_FOUND")
        }
        if version.expiredAt != nil { throw ColophonError.expired("The bytes that this run read are") }
        guard let renderer else { throw ColophonError(.unavailable, "This server draws no pages.", retryAfterSeconds: 3600) }
        let png = try await imageGate.pass {
            let list = resolved.artifact
            let pages = try PageRecord.records(
                in: try await blobs.bytes(of: list.blob, sha256: list.sha256, bytesMax: Self.pagesBytesMax))
            guard let page = pages.first(where: { $0.pageNumber == number }) else {
                throw ColophonError.noSuchPage(number, of: pages.count)
            }
            var drawing = PageDrawing(pageNumber: number, width: width)
            drawing.password = passwords.password(for: version.sha256, in: scope.workspace, now: machine.clock.elapsed())
            if let region {
                drawing.region = region.shown(onPageOf: page.width, by: page.height)
                if drawing.region == nil {
                    throw ColophonError(.invalid, "The box lies outside of the page, or is smaller than 4 points.", field: "box")
                }
            }
            let wanted = drawing
            return try await blobs.withDescriptor(version.blob, sha256: version.sha256, by: machine.heavyWork) { descriptor in
                try await renderer.render(wanted, descriptor: descriptor)
            }
        }
        return (resolved, png)
    }
}
