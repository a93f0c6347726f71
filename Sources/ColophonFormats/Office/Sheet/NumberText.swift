#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Numbers as the General format shows them in a wide cell.
enum NumberText {
    /// A spreadsheet knows no more digits of a number.
    private static let digitsMax: CInt = 15

    static func general(_ number: Double) -> String {
        if number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
        var buffer = [CChar](repeating: 0, count: 64)
        let length = withVaList([digitsMax, number]) { vsnprintf(&buffer, buffer.count, "%.*g", $0) }
        guard (1..<64).contains(length) else { return String(number) }
        return String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
