import CPDFium

/// What the structure tree says about one page.
struct PageStructure {
    /// In the order of the tree, which is that of reading.
    var elements: [TaggedElement] = []
    var tables: [TaggedTable] = []
    /// Marked content to element, from 1.
    var elementOfMark: [Int32: UInt16] = [:]

    /// The element that a page object belongs to, as glyphs note it.
    func element(of object: pdfium_page_object?, _ functions: pdfium_functions) -> UInt16 {
        guard let object else { return 0 }
        let mark = functions.FPDFPageObj_GetMarkedContentID(object)
        if mark >= 0 { return elementOfMark[mark] ?? 0 }
        return isArtifact(object, functions) ? Glyph.artifact : 0
    }

    private static let marksMax: Int32 = 8
    private static let artifactName = Array("Artifact".utf16)

    private func isArtifact(_ object: pdfium_page_object, _ functions: pdfium_functions) -> Bool {
        for index in 0..<max(0, min(functions.FPDFPageObj_CountMarks(object), Self.marksMax)) {
            guard let mark = functions.FPDFPageObj_GetMark(object, UInt(index)) else { continue }
            if UTF16Text.read(max: 32, { functions.FPDFPageObjMark_GetName(mark, $0, $1, $2) != 0 }) == Self.artifactName { return true }
        }
        return false
    }
}
