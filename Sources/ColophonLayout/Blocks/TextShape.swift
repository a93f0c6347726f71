/// What the characters of a short text look like, for rules that tell headings from sentences.
struct TextShape {
    private(set) var characters = 0
    private(set) var letters = 0
    private var capitals = 0
    private(set) var beginsLowercase = false
    private var last: Unicode.Scalar = " "

    init(_ text: String) {
        for scalar in text.unicodeScalars {
            if characters == 0 { beginsLowercase = scalar.properties.isLowercase }
            characters += 1
            last = scalar
            if scalar.isASCII {
                let value = scalar.value | 0x20
                if value >= 97, value <= 122 {
                    letters += 1
                    if scalar.value < 97 { capitals += 1 }
                }
            } else if scalar.properties.isAlphabetic {
                letters += 1
                if scalar.properties.isUppercase { capitals += 1 }
            }
        }
    }

    var endsSentence: Bool { last == "." || last.value == 0x3002 }
    var isCapitals: Bool { letters >= 3 && capitals * 10 >= letters * 9 }

    func lastIs(_ scalar: Unicode.Scalar) -> Bool { last == scalar }
}
