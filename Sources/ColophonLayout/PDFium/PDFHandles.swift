import CPDFium

/// An open document; closed when it goes away. The bytes must outlive it.
final class PDFDocumentHandle {
    let pdfium: PDFium
    let pointer: pdfium_document
    /// Whether neither it nor its pages are closed: where the process ends with it, that would only take time.
    var isLeftOpen = false

    /// - Throws: `PDFFailure`; PDFium may fail without an error code, so the handle decides.
    ///
    /// - Parameter password: The user's or the owner's; nil for a document that anybody may open.
    init(pdfium: PDFium, bytes: UnsafeRawBufferPointer, password: String? = nil) throws(PDFFailure) {
        self.pdfium = pdfium
        let functions = pdfium.functions
        let loaded =
            if let password {
                password.withCString { functions.FPDF_LoadMemDocument64(bytes.baseAddress, bytes.count, $0) }
            } else {
                functions.FPDF_LoadMemDocument64(bytes.baseAddress, bytes.count, nil)
            }
        guard let pointer = loaded else {
            switch Int(pdfium.functions.FPDF_GetLastError()) {
            case PDFIUM_ERROR_PASSWORD: throw password == nil ? .passwordProtected : .wrongPassword
            case PDFIUM_ERROR_SECURITY: throw .parseFailed("its encryption is of an unknown kind")
            case PDFIUM_ERROR_FORMAT: throw .parseFailed("it is damaged or not complete")
            default: throw .parseFailed("it uses features that are not supported, or is damaged")
            }
        }
        self.pointer = pointer
    }

    deinit {
        if isLeftOpen { return }
        form = nil
        pdfium.functions.FPDF_CloseDocument(pointer)
    }

    /// `nil` where there are no fields.
    private(set) lazy var form = PDFForm(of: pointer, functions: pdfium.functions)

    var pageCount: Int { Int(pdfium.functions.FPDF_GetPageCount(pointer)) }
}

/// A loaded page and its text; closed when it goes away.
final class PDFPageHandle {
    let document: PDFDocumentHandle
    let pointer: pdfium_page
    /// The fields that were on the page before what they show became part of its content.
    let fields: [FormField]
    /// How many objects the page drew itself, and how many characters; all without fields.
    let ownObjects: Int32
    let ownCharacters: Int32
    /// `nil` when PDFium finds the page's text unreadable.
    let text: pdfium_text_page?

    /// `nil` when the page cannot be loaded.
    init?(document: PDFDocumentHandle, index: Int) {
        let functions = document.pdfium.functions
        guard var pointer = functions.FPDF_LoadPage(document.pointer, Int32(clamping: index)) else { return nil }
        self.document = document
        ownObjects = max(0, functions.FPDFPage_CountObjects(pointer))
        guard functions.FPDFPage_GetAnnotCount(pointer) > 0, let form = document.form else {
            (fields, ownCharacters) = ([], .max)
            self.pointer = pointer
            text = functions.FPDFText_LoadPage(pointer)
            return
        }
        fields = FormField.fields(on: pointer, form, functions: functions)
        let own = functions.FPDFText_LoadPage(pointer)
        ownCharacters = max(0, own.map { functions.FPDFText_CountChars($0) } ?? 0)
        if let own { functions.FPDFText_ClosePage(own) }
        // To PDFium fields and their texts are no content; what a page shows is read after they have become that.
        if Int(functions.FPDFPage_Flatten(pointer, 0)) == PDFIUM_FLATTENED {
            functions.FPDF_ClosePage(pointer)
            guard let filled = functions.FPDF_LoadPage(document.pointer, Int32(clamping: index)) else { return nil }
            pointer = filled
        }
        self.pointer = pointer
        text = functions.FPDFText_LoadPage(pointer)
    }

    deinit {
        if document.isLeftOpen { return }
        if let text { document.pdfium.functions.FPDFText_ClosePage(text) }
        document.pdfium.functions.FPDF_ClosePage(pointer)
    }
}
