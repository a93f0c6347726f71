import ColophonAPI
import ColophonCore
import HTTPTypes
import Hummingbird
import NIOCore

/// One document in, what it was turned into out; nothing is kept.
struct GatewayHandlers: Sendable {
    static let stage = HTTPField.Name("X-Stage")!

    let processing: any DirectProcessing
    let settings: RunSettings
    let bytesMax: Int64
    /// Files on their way in, each of which takes room on disk.
    private let arrivals = Gate(width: 64, waitingMax: 0)

    init(processing: any DirectProcessing, settings: RunSettings, bytesMax: Int64 = GatewayRequest.bytesMax) {
        self.processing = processing
        self.settings = settings
        self.bytesMax = bytesMax
    }

    func process(_ request: Request, _ context: ServerContext) async throws -> Response {
        try await arrivals.pass {
            let asked: GatewayRequest
            do {
                asked = try await GatewayRequest.receive(request, mappings: processing.mappings, bytesMax: bytesMax)
            } catch var error as ColophonError where error.code == .invalid {
                // 422 is what is wrong with a document.
                error.code = .badRequest
                throw error
            }
            do {
                return try await answer(asked, request, context)
            } catch let failure as RunFailure {
                throw failure.asAnswer
            }
        }
    }

    func health(_ request: Request, _ context: ServerContext) async throws -> Response { try .json(["status": "ok"]) }

    func mappings(_ request: Request, _ context: ServerContext) async throws -> Response {
        try .json(MappingList(processing.mappings, default: nil))
    }

    private func answer(_ asked: GatewayRequest, _ request: Request, _ context: ServerContext) async throws -> Response {
        var source = ExtractionSource(
            descriptor: asked.file.descriptor, name: asked.name, type: "application/pdf", settings: settings,
            wantsWords: asked.answer == .xml, correlation: context.requestID)
        source.settings.mapping = asked.mapping
        let mapped: DirectMapping
        switch (asked.content, asked.mapping) {
        case (.json, let choice?): mapped = try await processing.map(structure: { try asked.file.bytes(asked.bytes) }, with: choice)
        case (.pdf, let choice?) where asked.answer == .xml: mapped = try await processing.map(source, with: choice)
        default: return response(try await processing.structure(of: source), asked)
        }
        switch mapped {
        case .xml(let xml): return response(xml, asked)
        case .refused(let problems): return try refusal(problems, asked, request, context)
        }
    }

    private func response(_ body: [UInt8], _ asked: GatewayRequest) -> Response {
        Response(
            status: .ok, headers: [.contentType: asked.answer.rawValue, Self.stage: asked.stages],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }

    /// All that is wrong with the document, at once.
    private func refusal(
        _ problems: [DirectMapping.Problem], _ asked: GatewayRequest, _ request: Request, _ context: ServerContext
    ) throws -> Response {
        let problem = Problem(
            type: ColophonError.Code.invalid.rawValue, title: HTTPResponse.Status.unprocessableContent.reasonPhrase, status: 422,
            detail: problems.map(\.message).joined(separator: " "), instance: request.uri.path, requestId: context.requestID,
            errors: problems.map { Problem.Item(path: $0.field ?? "file", message: $0.message, code: $0.code) },
            code: RunFailure.Code.validationError.rawValue)
        return try .json(
            problem, status: .unprocessableContent, headers: [Self.stage: asked.stages], type: ErrorAnswer.mediaType)
    }
}

extension RunFailure {
    /// What is wrong with the document is the caller's to mend, what is wrong with the reader is not.
    fileprivate var asAnswer: ColophonError {
        switch code {
        case .lost, .ioError, .unknown: ColophonError(.badGateway, message, reason: code.rawValue)
        default: ColophonError(.invalid, message, field: "file", reason: code.rawValue)
        }
    }
}
