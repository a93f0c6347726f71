import CPDFium

/// The XML of an electronic invoice or order that a PDF carries as an attachment.
///
/// Factur-X and ZUGFeRD from version 2.1 on name it `factur-x.xml`, ZUGFeRD 1 `ZUGFeRD-invoice.xml`, its version 2.0 `zugferd-invoice.xml`, its
/// profile XRechnung `xrechnung.xml`, Order-X `order-x.xml`. Where none is named so, the first XML file by name is taken: senders misspell.
struct EmbeddedInvoice {
    private static let names = ["factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml", "order-x.xml"]
    /// More attachments than this are not looked at.
    private static let attachmentsMax = 1_000
    /// A longer name is none, in units of UTF-16.
    private static let nameMax = 2_048

    let document: PDFDocumentHandle
    /// A larger attachment is passed over, in bytes.
    let bytesMax: Int

    private var functions: pdfium_functions { document.pdfium.functions }

    /// The attachment as it was put in; nil when there is none.
    func read() -> [UInt8]? {
        let count = min(Int(functions.FPDFDoc_GetAttachmentCount(document.pointer)), Self.attachmentsMax)
        guard count > 0 else { return nil }
        let found = (0..<count).compactMap { index -> (rank: Int, name: String, attachment: pdfium_attachment)? in
            guard let attachment = functions.FPDFDoc_GetAttachment(document.pointer, Int32(index)) else { return nil }
            let name = name(of: attachment)
            guard name.lowercased().hasSuffix(".xml") else { return nil }
            return (Self.names.firstIndex(of: name.lowercased()) ?? Self.names.count, name, attachment)
        }
        for (_, _, attachment) in found.sorted(by: { ($0.rank, $0.name) < ($1.rank, $1.name) }) {
            if let bytes = bytes(of: attachment), !bytes.isEmpty { return bytes }
        }
        return nil
    }

    private func name(of attachment: pdfium_attachment) -> String {
        let units = UTF16Text.read(max: Self.nameMax) { buffer, capacity, bytes in
            bytes?.pointee = functions.FPDFAttachment_GetName(attachment, buffer, capacity)
            return true
        }
        return String(decoding: units, as: UTF16.self)
    }

    private func bytes(of attachment: pdfium_attachment) -> [UInt8]? {
        var length: UInt = 0
        guard functions.FPDFAttachment_GetFile(attachment, nil, 0, &length) != 0, length > 0, length <= bytesMax else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(length))
        let isRead = bytes.withUnsafeMutableBytes { functions.FPDFAttachment_GetFile(attachment, $0.baseAddress, length, &length) }
        return isRead != 0 && Int(length) == bytes.count ? bytes : nil
    }
}
