/// Which program's format an office file has.
package enum OfficeFormat: Sendable {
    case docx, xlsx, pptx

    /// Goes by the main part that the archive names, or else by the parts it holds.
    ///
    /// - Returns: `nil` for every other zip file and for what is none.
    package static func sniff(_ bytes: UnsafeRawBufferPointer, inflater: Inflater) -> OfficeFormat? {
        guard var package = try? OfficePackage(bytes, inflater: inflater) else { return nil }
        for (path, format) in [("word/document.xml", OfficeFormat.docx), ("xl/workbook.xml", .xlsx), ("ppt/presentation.xml", .pptx)]
        where package.archive.contains(path) {
            return format
        }
        guard package.archive.contains("[Content_Types].xml"), let main = try? package.mainPart(fallback: "") else { return nil }
        return switch main.split(separator: "/").first {
        case "word": .docx
        case "xl": .xlsx
        case "ppt": .pptx
        default: nil
        }
    }
}
