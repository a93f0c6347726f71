/// Names of files that lie beside each other: each is there once, also where upper and lower case are one.
struct FileNames {
    private var taken: Set<String> = []

    /// A name that was not given yet; a second one of a kind is numbered.
    mutating func unique(_ base: String, ending: String) -> String {
        let plain = Self.plain(base)
        var (name, number) = (plain + ending, 1)
        while !taken.insert(name.lowercased()).inserted {
            number += 1
            name = "\(plain) (\(number))\(ending)"
        }
        return name
    }

    /// A name is no path, and no control sequence, wherever it is unpacked.
    private static func plain(_ base: String) -> String {
        let text = String(
            String.UnicodeScalarView(
                base.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F || "/\\:*?\"<>|".unicodeScalars.contains($0) ? "_" : $0 }))
        let trimmed = text.drop { $0 == "." || $0 == " " }
        return trimmed.isEmpty ? "file" : String(trimmed.prefix(120))
    }
}
