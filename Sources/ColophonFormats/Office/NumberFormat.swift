/// How the number of a list item is written (ECMA-376 part 1, `ST_NumberFormat`); those not named here come out as decimal.
struct NumberFormat: RawRepresentable {
    let rawValue: String

    private static let romans: [(Int, String)] = [
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
        (4, "iv"), (1, "i"),
    ]
    /// Beyond it letters and Roman numbers would grow without end.
    private static let numberMax = 5_000

    func text(_ number: Int) -> String {
        switch rawValue {
        case "lowerRoman": Self.roman(number)
        case "upperRoman": Self.roman(number).uppercased()
        case "lowerLetter": Self.letters(number)
        case "upperLetter": Self.letters(number).uppercased()
        case "decimalZero" where (0..<10).contains(number): "0\(number)"
        default: String(number)
        }
    }

    private static func roman(_ number: Int) -> String {
        guard (1...numberMax).contains(number) else { return String(number) }
        var rest = number
        var text = ""
        for (value, letters) in romans {
            while rest >= value {
                text += letters
                rest -= value
            }
        }
        return text
    }

    /// `a` to `z`, then `aa`, `bb` and so on.
    private static func letters(_ number: Int) -> String {
        guard (1...numberMax).contains(number) else { return String(number) }
        let letter = Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8((number - 1) % 26)))
        return String(repeating: letter, count: (number - 1) / 26 + 1)
    }
}
