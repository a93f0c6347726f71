/// The version of a document's schema: `major.minor.patch`, as semantic versioning has it.
struct SchemaVersion {
    let major: Int
    let minor: Int

    /// - Returns: `nil` for what is no version.
    init?(_ text: String) {
        let numbers = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard numbers.count == 3, let major = Int(numbers[0]), let minor = Int(numbers[1]), numbers[2].utf8.first.map(isDigit) == true,
            numbers[0...1].allSatisfy({ $0.utf8.allSatisfy(isDigit) })
        else { return nil }
        self.major = major
        self.minor = minor

        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    }
}
