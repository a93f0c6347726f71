import ColophonCore
import Hummingbird
import NIOCore

/// A request's body as the library takes it: the next piece is asked for only when the last one is stored, so a slow disk slows the
/// sender and memory stays flat.
///
/// A body that breaks off is the sender's fault, not the server's.
struct UploadBody: AsyncSequence, Sendable {
    let body: RequestBody

    func makeAsyncIterator() -> Iterator { Iterator(inner: body.makeAsyncIterator()) }

    struct Iterator: AsyncIteratorProtocol {
        var inner: RequestBody.AsyncIterator

        mutating func next() async throws -> ArraySlice<UInt8>? {
            do {
                return try await inner.next().map { Array($0.readableBytesView)[...] }
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                throw ColophonError(.badRequest, "The body ended before it was complete.", reason: "INCOMPLETE_BODY", cause: error)
            }
        }
    }
}
