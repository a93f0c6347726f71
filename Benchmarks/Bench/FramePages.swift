import ColophonChild
import Foundation

/// How many pages a child's answer tells of.
enum FramePages {
    /// - Returns: Nil when the answer is a failure, or none.
    static func count(inFileAt path: String) throws -> Int? {
        var decoder = ChildFrameDecoder()
        decoder.append(try Data(contentsOf: URL(fileURLWithPath: path)))
        var pages: Int?
        while let frame = try decoder.next() {
            if case .opened(let count) = frame { pages = count }
            if case .failure = frame { return nil }
        }
        return pages
    }
}
