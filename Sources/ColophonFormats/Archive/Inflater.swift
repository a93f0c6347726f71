#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Unpacks raw deflate streams (RFC 1951) with zlib, looked up when the program runs so that it links against nothing.
package struct Inflater: Sendable {
    /// `inflateInit2_(4)`: stream, window bits, the version the caller was built for, the size of its stream.
    private typealias Begin = @convention(c) (UnsafeMutableRawPointer?, CInt, UnsafePointer<CChar>?, CInt) -> CInt
    /// `inflate(2)`: stream, how much to flush.
    private typealias Step = @convention(c) (UnsafeMutableRawPointer?, CInt) -> CInt
    /// `crc32(3)`: the checksum so far, bytes, their count.
    private typealias Checksum = @convention(c) (CUnsignedLong, UnsafePointer<UInt8>?, CUnsignedInt) -> CUnsignedLong
    /// `inflateEnd(1)`.
    private typealias End = @convention(c) (UnsafeMutableRawPointer?) -> CInt

    /// `z_stream`; members in the order and with the alignment of zlib.h.
    private struct Stream {
        var nextIn: UnsafePointer<UInt8>?
        var availableIn: CUnsignedInt = 0
        var totalIn: CUnsignedLong = 0
        var nextOut: UnsafeMutablePointer<UInt8>?
        var availableOut: CUnsignedInt = 0
        var totalOut: CUnsignedLong = 0
        var message: UnsafePointer<CChar>?
        var state: UnsafeMutableRawPointer?
        var allocate: UnsafeMutableRawPointer?
        var free: UnsafeMutableRawPointer?
        var opaque: UnsafeMutableRawPointer?
        var dataType: CInt = 0
        var checksum: CUnsignedLong = 0
        var reserved: CUnsignedLong = 0
    }

    private static let libraryName = "libz.so.1"
    /// Only the first digit counts: the interface has been the same since 1.0.
    private static let version = "1.2.11"
    /// A stream without header or trailer, with the largest window.
    private static let rawWindowBits: CInt = -15
    private static let finish: CInt = 4
    private static let streamEnd: CInt = 1

    private let begin: Begin
    private let step: Step
    private let end: End
    private let crc32: Checksum

    /// Looks for the library, which is a file: to be called while files can be opened.
    ///
    /// - Returns: `nil` where the machine has no zlib.
    package static func load() -> Inflater? {
        guard let library = dlopen(libraryName, RTLD_NOW | RTLD_LOCAL), let begin = dlsym(library, "inflateInit2_"),
            let step = dlsym(library, "inflate"), let end = dlsym(library, "inflateEnd"), let crc32 = dlsym(library, "crc32")
        else { return nil }
        return Inflater(
            begin: unsafeBitCast(begin, to: Begin.self), step: unsafeBitCast(step, to: Step.self), end: unsafeBitCast(end, to: End.self),
            crc32: unsafeBitCast(crc32, to: Checksum.self))
    }

    /// The checksum of zip entries (ISO 3309).
    ///
    /// - Precondition: At most 4 GiB.
    func checksum(of bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: crc32(0, $0.baseAddress, CUnsignedInt($0.count))) }
    }

    /// Unpacks a whole stream that is known to hold `count` bytes.
    ///
    /// - Returns: `nil` when the stream is broken or holds more or fewer bytes.
    /// - Complexity: O(`count`) in time and memory, whatever the stream would unpack to.
    func inflate(_ source: UnsafeRawBufferPointer, count: Int) -> [UInt8]? {
        guard let availableIn = CUnsignedInt(exactly: source.count), let availableOut = CUnsignedInt(exactly: count) else { return nil }
        var isWhole = false
        // One byte more than needed: zlib wants room to write to even for an empty stream.
        let bytes = [UInt8](unsafeUninitializedCapacity: count + 1) { target, used in
            var stream = Stream()
            stream.nextIn = source.assumingMemoryBound(to: UInt8.self).baseAddress
            stream.availableIn = availableIn
            stream.nextOut = target.baseAddress
            stream.availableOut = availableOut
            withUnsafeMutableBytes(of: &stream) { stream in
                guard begin(stream.baseAddress, Self.rawWindowBits, Self.version, CInt(MemoryLayout<Stream>.size)) == 0 else { return }
                isWhole = step(stream.baseAddress, Self.finish) == Self.streamEnd
                _ = end(stream.baseAddress)
            }
            used = min(Int(stream.totalOut), count)
        }
        return isWhole && bytes.count == count ? bytes : nil
    }
}
