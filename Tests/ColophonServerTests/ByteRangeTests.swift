import Testing

@testable import ColophonServer

@Suite struct ByteRangeTests {
    /// RFC 9110, section 14, over a body of 1,000 bytes.
    @Test(
        arguments: [
            (nil, .whole), ("bytes=0-499", .part(0..<500)), ("bytes=500-999", .part(500..<1000)), ("bytes=-500", .part(500..<1000)),
            ("bytes=-2000", .part(0..<1000)), ("bytes=999-", .part(999..<1000)), ("bytes=0-99999", .part(0..<1000)),
            ("bytes=0-99999999999999999999999", .part(0..<1000)), ("bytes=1000-", .unsatisfiable), ("bytes=1000-2000", .unsatisfiable),
            ("bytes=99999999999999999999999-", .unsatisfiable), ("bytes=-0", .unsatisfiable), ("bytes=5-4", .whole),
            ("bytes=0-1,5-6", .whole),
            ("items=0-5", .whole), ("bytes", .whole), ("bytes=", .whole), ("bytes=-", .whole), ("bytes=a-b", .whole),
            ("bytes=+1-2", .whole),
            ("bytes=--5", .whole), ("BYTES = 0 - 1", .part(0..<2)), ("bytes=٣-٤", .whole),
        ] as [(String?, ByteRange)])
    func `a range means what the standard says`(header: String?, range: ByteRange) {
        #expect(ByteRange(header, length: 1000) == range)
    }

    @Test func `an empty body satisfies no range`() {
        #expect(ByteRange("bytes=0-", length: 0) == .unsatisfiable)
        #expect(ByteRange("bytes=-5", length: 0) == .unsatisfiable)
    }
}
