/// The strings that the cells of a workbook share.
enum SharedStrings {
    /// The text of each, formatted runs put together and phonetic hints left out.
    static func strings(in bytes: [UInt8]) throws(FormatFailure) -> [String] {
        var parser = try XMLPullParser(bytes)
        var strings: [String] = []
        var isText = false
        var hintDepth = 0
        while let event = try parser.next() {
            switch event {
            case .start(let name, _):
                switch name.local {
                case "si": strings.append("")
                case "rPh": hintDepth += 1
                case "t": isText = true
                default: break
                }
            case .end(let name):
                if name.local == "rPh" { hintDepth -= 1 }
                if name.local == "t" { isText = false }
            case .text(let text):
                if isText, hintDepth == 0, !strings.isEmpty { strings[strings.count - 1] += text }
            }
        }
        return strings
    }
}
