/// How the text of an item is set.
public struct Formatting: Hashable, Sendable {
    public var bold: Bool
    public var italic: Bool
    public var underline: Bool
    public var strikethrough: Bool
    public var script: TextScript
    public var extra: [String: JSONValue] = [:]
    private var leftOut: Set<String> = []

    public init(
        bold: Bool = false, italic: Bool = false, underline: Bool = false, strikethrough: Bool = false, script: TextScript = .baseline
    ) {
        self.bold = bold
        self.italic = italic
        self.underline = underline
        self.strikethrough = strikethrough
        self.script = script
    }
}

extension Formatting: JSONReadable, JSONWritable {
    private static let memberNames: Set<String> = ["bold", "italic", "script", "strikethrough", "underline"]

    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var formatting = Formatting()
        var seen: Set<String> = []
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            switch name {
            case "bold": formatting.bold = try reader.readBool()
            case "italic": formatting.italic = try reader.readBool()
            case "underline": formatting.underline = try reader.readBool()
            case "strikethrough": formatting.strikethrough = try reader.readBool()
            case "script": formatting.script = try reader.readLabel()
            default:
                formatting.extra[name.string] = try reader.readValue()
                return
            }
            seen.insert(name.string)
        }
        if seen.count < Formatting.memberNames.count { formatting.leftOut = Formatting.memberNames.subtracting(seen) }
        self = formatting
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        try write(bold, "bold", to: &writer, in: &object)
        try write(italic, "italic", to: &writer, in: &object)
        if script != .baseline || !leftOut.contains("script") {
            try writer.member("script", in: &object)
            writer.write(script.rawValue)
        }
        try write(strikethrough, "strikethrough", to: &writer, in: &object)
        try write(underline, "underline", to: &writer, in: &object)
        try writer.end(&object)
    }

    private func write(
        _ flag: Bool, _ name: StaticString, to writer: inout JSONWriter, in object: inout JSONWriter.Object
    ) throws(DoclingDocumentError) {
        guard flag || leftOut.isEmpty || !leftOut.contains(name.description) else { return }
        try writer.member(name, in: &object)
        writer.write(flag)
    }
}
