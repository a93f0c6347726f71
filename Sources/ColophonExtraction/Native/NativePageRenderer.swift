import ColophonChild
package import ColophonCore
import DoclingDocument
import Foundation

/// Draws pages of PDFs in a disposable child process, as `NativeExtractor` reads them: limits in force, killed at a page's time.
package struct NativePageRenderer: PageRenderer {
    private let program: ChildProgram
    private let limits: Limits

    package init(program: ChildProgram, limits: Limits) {
        self.program = program
        self.limits = limits
    }

    package func render(_ drawing: PageDrawing, descriptor: Int32) async throws -> [UInt8] {
        let (number, width) = (drawing.pageNumber, drawing.width)
        precondition(number >= 1 && PageImage.widths.contains(width), "the library checks what it is asked for")
        let region = drawing.region.map { RenderArguments.Region(left: $0.left, top: $0.top, right: $0.right, bottom: $0.bottom) }
        let arguments = RenderArguments(
            pageNumber: number, width: width, pixelsMax: PageImage.pixelsMax, region: region, guards: limits.guards(cpu: limits.pageTimeout)
        )
        let png: [UInt8]
        do {
            png = try await ChildRun(program: program, words: arguments.words, password: drawing.password).answer(
                to: RenderingDialogue(pageNumber: number), descriptor: descriptor,
                within: ChildWatch.Times(page: limits.pageTimeout, total: limits.pageTimeout)
            ).bytes
        } catch let failure as RunFailure {
            throw Self.error(for: failure, page: number)
        }
        guard DrawnPNG.isOne(png, widthMax: width, pixelsMax: PageImage.pixelsMax) else {
            throw Self.error(for: RunFailure(.lost, "The reader's answer is no image as it was asked for."), page: number)
        }
        return png
    }

    private static func error(for failure: RunFailure, page number: Int) -> ColophonError {
        switch failure.code {
        case .unsupportedFormat:
            return ColophonError(.notFound, "Only the pages of PDFs have images.", reason: "NOT_FOUND", cause: failure)
        case .timeoutParse:
            return ColophonError(
                .unavailable, "Page \(number) could not be drawn in time; a smaller width may do.", retryAfterSeconds: 60, cause: failure)
        case .outOfMemory:
            return ColophonError(
                .unavailable, "Page \(number) takes more memory to draw than this server allows; a smaller width may do.",
                retryAfterSeconds: 60, cause: failure)
        case .passwordProtected:
            return ColophonError(
                .conflict, "The file is protected, and its password is not known any more; start a run with it.",
                reason: "PASSWORD_PROTECTED",
                cause: failure)
        default:
            return ColophonError(.unavailable, "Page \(number) could not be drawn.", retryAfterSeconds: 60, cause: failure)
        }
    }
}
