internal import DoclingDocument

/// How a run of text is set and where it links to.
struct InlineStyle: Hashable {
    var marks: Marks = []
    /// As the source has it; its scheme is not checked.
    var hyperlink: String?

    struct Marks: OptionSet, Hashable {
        let rawValue: UInt8
        static let bold = Self(rawValue: 1)
        static let italic = Self(rawValue: 2)
        static let underline = Self(rawValue: 4)
        static let strikethrough = Self(rawValue: 8)
        static let sub = Self(rawValue: 16)
        static let `super` = Self(rawValue: 32)
        static let code = Self(rawValue: 64)
    }

    var isPlain: Bool { marks.isEmpty && hyperlink == nil }

    var isCode: Bool { marks.contains(.code) }

    func adding(_ marks: Marks) -> InlineStyle {
        InlineStyle(marks: self.marks.union(marks), hyperlink: hyperlink)
    }

    /// `nil` when nothing is set; that a run is code is told by the label of its item.
    var formatting: Formatting? {
        guard !marks.subtracting(.code).isEmpty else { return nil }
        return Formatting(
            bold: marks.contains(.bold), italic: marks.contains(.italic), underline: marks.contains(.underline),
            strikethrough: marks.contains(.strikethrough),
            script: marks.contains(.sub) ? .sub : marks.contains(.super) ? .super : .baseline)
    }
}
