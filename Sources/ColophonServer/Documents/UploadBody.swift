import ColophonCore
import Hummingbird
import NIOCore

/// A request's body as the library takes it: the next piece is asked for only when the last one is stored, so a slow disk slows the
/// sender and memory stays flat.
enum UploadBody {
    static func pieces(of body: RequestBody) -> AsyncThrowingMapSequence<RequestBody, ArraySlice<UInt8>> {
        body.map { buffer throws in Array(buffer.readableBytesView)[...] }
    }
}
