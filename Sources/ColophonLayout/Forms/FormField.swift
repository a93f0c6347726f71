import CPDFium

/// A field of a form, where it stands in the page's user space.
struct FormField {
    enum Kind: Equatable {
        /// What it says is for the viewer's user and no content.
        case button
        /// A check box or radio button.
        case tickBox(isTicked: Bool)
        /// What it holds is text.
        case text
    }

    var kind: Kind
    var place: pdfium_rectangle

    /// More are no form that anybody fills in.
    private static let countMax: Int32 = 1_000
    /// Of the name of a state, in units of UTF-16; names in PDF have at most 127 bytes.
    private static let nameMax = 128

    /// The fields that a page shows, in their order.
    static func fields(on page: pdfium_page, _ form: PDFForm, functions: pdfium_functions) -> [FormField] {
        var fields: [FormField] = []
        for index in 0..<max(0, min(functions.FPDFPage_GetAnnotCount(page), countMax)) {
            guard let annotation = functions.FPDFPage_GetAnnot(page, index) else { continue }
            defer { functions.FPDFPage_CloseAnnot(annotation) }
            guard Int(functions.FPDFAnnot_GetSubtype(annotation)) == PDFIUM_ANNOTATION_WIDGET,
                Int(functions.FPDFAnnot_GetFlags(annotation)) & (PDFIUM_ANNOTATION_HIDDEN | PDFIUM_ANNOTATION_NO_VIEW) == 0
            else { continue }
            var place = pdfium_rectangle()
            guard functions.FPDFAnnot_GetRect(annotation, &place) != 0, place.right > place.left, place.top > place.bottom else { continue }
            switch Int(functions.FPDFAnnot_GetFormFieldType(form.pointer, annotation)) {
            case PDFIUM_FIELD_PUSH_BUTTON: fields.append(FormField(kind: .button, place: place))
            case PDFIUM_FIELD_CHECK_BOX, PDFIUM_FIELD_RADIO_BUTTON:
                // Of its appearances it shows the one that this names (ISO 32000-1, 12.7.4.2.3).
                let state = UTF16Text.read(max: nameMax) { buffer, capacity, bytes in
                    bytes?.pointee = functions.FPDFAnnot_GetStringValue(annotation, "AS", buffer, capacity)
                    return true
                }
                fields.append(FormField(kind: .tickBox(isTicked: !state.isEmpty && state != Array("Off".utf16)), place: place))
            default: fields.append(FormField(kind: .text, place: place))
            }
        }
        return fields
    }
}
