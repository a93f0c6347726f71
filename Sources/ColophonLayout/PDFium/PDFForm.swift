import CPDFium

/// The part of PDFium that knows a document's fields; to be let go before the document is closed.
final class PDFForm {
    let pointer: pdfium_form
    private let functions: pdfium_functions
    /// PDFium goes on reading it.
    private let info: UnsafeMutablePointer<pdfium_form_info>

    /// `nil` for a document without fields. Scripts that a document has are not run: nothing asks for it.
    init?(of document: pdfium_document, functions: pdfium_functions) {
        guard Int(functions.FPDF_GetFormType(document)) != PDFIUM_FORM_NONE else { return nil }
        info = .allocate(capacity: 1)
        info.initialize(to: pdfium_form_info())
        info.pointee.version = 1
        guard let pointer = functions.FPDFDOC_InitFormFillEnvironment(document, info) else {
            info.deallocate()
            return nil
        }
        self.pointer = pointer
        self.functions = functions
    }

    deinit {
        functions.FPDFDOC_ExitFormFillEnvironment(pointer)
        info.deallocate()
    }
}
