import ColophonAPI
import ColophonCore
import DoclingDocument
import HTTPTypes
import Hummingbird

/// Single pages of a result: as text, as an image, and what lies where.
extension ResultHandlers {
    func page(_ request: Request, _ context: ServerContext) async throws -> Response {
        try await page(Self.pageNumber(context), request, context)
    }

    private func page(_ number: Int, _ request: Request, _ context: ServerContext) async throws -> Response {
        let run = try request.single("run").map(RunID.init(rawValue:))
        let (resolved, record) = try await library.page(
            number, run: run, of: context.documentID, bytesMax: Self.structureBytesMax, in: context.scope)
        return try .json(
            PageContent(
                documentId: resolved.run.documentID.rawValue, runId: resolved.run.id.rawValue, pageNumber: number, width: record.width,
                height: record.height, markdown: record.markdown, text: record.text))
    }

    func boxes(_ request: Request, _ context: ServerContext) async throws -> Response {
        let number = try Self.pageNumber(context)
        let run = try request.single("run").map(RunID.init(rawValue:))
        let (resolved, page) = try await library.pageBoxes(
            number, run: run, of: context.documentID, bytesMax: Self.structureBytesMax, in: context.scope)
        return try .json(
            PageBoxList(
                documentId: resolved.run.documentID.rawValue, runId: resolved.run.id.rawValue, pageNumber: number, width: page.width,
                height: page.height,
                boxes: page.boxes.map { box in
                    PageBoxList.Box(
                        label: box.label, text: box.text, ref: box.ref, l: box.left, t: box.top, r: box.right, b: box.bottom)
                }))
    }

    /// A page under a file's name: `pg_3.png`, `pg_3.md`, `pg_3.json`.
    func pageFile(_ request: Request, _ context: ServerContext) async throws -> Response {
        let parts = try context.parameters.require("file").split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Int(parts[0]), ["png", "md", "json"].contains(parts[1]) else {
            throw ColophonError(.notFound, "Pages are at pg_N.png, pg_N.md and pg_N.json.", reason: "NOT_FOUND")
        }
        return switch parts[1] {
        case "png": try await image(number, request, context)
        case "md": try await markdown(number, request, context)
        default: try await page(number, request, context)
        }
    }

    private func markdown(_ number: Int, _ request: Request, _ context: ServerContext) async throws -> Response {
        let run = try request.single("run").map(RunID.init(rawValue:))
        let (resolved, record) = try await library.page(
            number, run: run, of: context.documentID, bytesMax: Self.structureBytesMax, in: context.scope)
        let base = Self.withoutExtension(resolved.version.originalName)
        return BlobAnswer(
            body: BlobBody(bytes: Array(record.markdown.utf8)), type: ArtifactKind.markdown.contentType,
            fileName: "\(base)-page-\(number).md",
            headers: [HTTPField.Name("X-Run-Id")!: resolved.run.id.rawValue], idleTimeout: library.limits.idleTimeout
        ).response(on: context.channel)
    }

    func image(_ request: Request, _ context: ServerContext) async throws -> Response {
        try await image(Self.pageNumber(context), request, context)
    }

    private func image(_ number: Int, _ request: Request, _ context: ServerContext) async throws -> Response {
        let run = try request.single("run").map(RunID.init(rawValue:))
        let width = try request.number("width") ?? PageImage.widthDefault
        let region = try request.single("box").map(Self.region)
        let (resolved, png) = try await library.pageImage(
            number, width: width, region: region, run: run, of: context.documentID, in: context.scope)
        let base = Self.withoutExtension(resolved.version.originalName)
        var headers: HTTPFields = [HTTPField.Name("X-Run-Id")!: resolved.run.id.rawValue]
        if run != nil {
            // A run's bytes never change, so that its image may be kept, by whoever asks with the same key or session.
            headers[.cacheControl] = "private, max-age=3600"
            headers[.vary] = "Authorization, X-Api-Key, Cookie"
        }
        return BlobAnswer(
            body: BlobBody(bytes: png), type: PageImage.contentType, fileName: "\(base)-page-\(number).png", disposition: .inline,
            headers: headers, idleTimeout: library.limits.idleTimeout
        ).response(on: context.channel)
    }

    /// `left,top,right,bottom`, as the boxes of a page are told.
    private static func region(_ text: String) throws -> BoundingBox {
        let sides = text.split(separator: ",", omittingEmptySubsequences: false).compactMap { Double($0) }
        guard sides.count == 4, sides.allSatisfy(\.isFinite), sides[0] < sides[2], sides[1] < sides[3] else {
            throw ColophonError(
                .invalid, "box is left,top,right,bottom, in points from the page's upper left corner.", field: "box")
        }
        return BoundingBox(left: sides[0], top: sides[1], right: sides[2], bottom: sides[3])
    }

    private static func pageNumber(_ context: ServerContext) throws -> Int {
        guard let number = Int(try context.parameters.require("n")) else {
            throw ColophonError(.invalid, "A page number is a whole number from 1.", field: "n")
        }
        return number
    }
}
