import DoclingDocument
import Testing

@testable import ColophonMapping

@Suite struct FieldTests {
    private func mapping(_ fields: String, _ rest: String = "") throws -> Mapping {
        try Mapping(
            json: Array(
                """
                {"colophon_mapping": 1, "name": "test_v1", "title": "t", "fields": {\(fields)}\(rest.isEmpty ? "" : ", \(rest)"),
                 "xml": {"element": "r"}}
                """.utf8))
    }

    private let number = #""n": {"type": "identifier", "find": [{"label": ["Invoice No", "No"]}]}"#

    @Test(
        arguments: [
            "Invoice No: A-17", "Invoice No A-17", "INVOICE NO.   A-17", "Invoice No:A-17", "Invoice No\nA-17",
            "x        Invoice No\n         A-17", "Invoice No : #A-17",
            "No              A-17",
        ])
    func `a value stands right of its label or below it`(page: String) throws {
        let mapped = Sheet(page).mapped(by: try mapping(number))
        #expect(mapped.text("n") == "A-17")
        #expect(mapped.xml != nil && mapped.problems.isEmpty)
    }

    @Test(arguments: ["Invoice Notes A-17", "see invoice no A-17 of last year", "Invoice No", "Invoice No: none    Order: 5"])
    func `what only looks like it is not taken`(page: String) throws {
        #expect(Sheet(page).mapped(by: try mapping(number)).text("n") == nil)
    }

    @Test func `a value knows where it stands and how it was found`() throws {
        let mapped = Sheet("first\n\nInvoice No: A-17").mapped(by: try mapping(number))
        let value = try #require(mapped.value("n"))
        let place = try #require(value.places.first)
        #expect(value.source == .layout && value.confidence == 0.95)
        #expect(place == ValuePlace(page: 1, left: 60, top: 28, right: 80, bottom: 38, text: "A-17"))
    }

    @Test func `on a page that is shown turned the place is where it is shown`() throws {
        var sheet = Sheet("Invoice No: A-17")
        sheet.pages[0].turns = 1
        let place = try #require(sheet.mapped(by: try mapping(number)).value("n")?.places.first)
        // 800 high as it is read, so 800 wide as it is shown.
        #expect(place.left == 790 && place.right == 800 && place.top == 60 && place.bottom == 80)
    }

    @Test func `the longer label wins, the last total is the total, and shares are no amounts`() throws {
        let fields = """
            "total": {"type": "number", "find": [{"label": ["Total"], "last": true}]},
            "net": {"type": "number", "find": [{"label": ["Total HT"]}]},
            "tax": {"type": "number", "find": [{"label": ["VAT"]}]}
            """
        let mapped = Sheet("Total HT      80.00\nVAT 20 %      16.00\nTotal         50.00\nTotal EUR     96.00").mapped(
            by: try mapping(fields))
        #expect(mapped.text("total") == "96" && mapped.text("net") == "80" && mapped.text("tax") == "16")
    }

    @Test func `lines below a label are its block, up to a gap`() throws {
        let fields = """
            "name": {"find": [{"block": ["Bill to"], "lines": [1, 1]}]}, "address": {"find": [{"block": ["Bill to"], "lines": [2, 5]}]}
            """
        let page = """
            Bill to              Ship to
            Rua Azul Lda.        Other Ltd
            Rua do Sol 5         Street 9
            1000 Lisboa,         London
            Portugal


            Thank you
            """
        let mapped = Sheet(page).mapped(by: try mapping(fields))
        #expect(mapped.text("name") == "Rua Azul Lda.")
        #expect(mapped.text("address") == "Rua do Sol 5, 1000 Lisboa, Portugal")
    }

    @Test func `every problem of a document is told at once`() throws {
        let fields = """
            "a": {"required": true, "title": "first", "find": []}, "b": {"type": "number", "required": true, "find": [{"label": ["B"]}]},
            "c": {"type": "identifier", "pattern": "[A-Z]{3}[0-9]+", "find": [{"label": ["C"]}]}
            """
        let rest = """
            "settings": {"tin": {"summary": "Its number.", "required": true, "pattern": "[0-9]{4}"}},
            "tables": {"units": {"Kg": "K"}},
            "compute": [{"field": "d", "value": "lookup('units', c2)"}, {"field": "e", "value": "1 / zero"}],
            "checks": [{"that": "zero > 5", "message": "It is {zero}."}]
            """
        let more = #", "c2": {"find": [{"literal": "stone"}]}, "zero": {"type": "number", "find": [{"label": ["Zero"]}]}"#
        let mapped = Sheet("C: xx9\nZero: 0").mapped(by: try mapping(fields + more, rest))
        #expect(mapped.xml == nil)
        #expect(
            mapped.problems.map { "\($0.code.rawValue) \($0.field ?? "")" } == [
                "SETTING_MISSING settings.tin", "VALUE_INVALID c", "UNKNOWN_VALUE d", "CALCULATION e", "FIELD_MISSING a", "FIELD_MISSING b",
                "CHECK_FAILED ",
            ])
        #expect(mapped.problems.last?.message == "It is 0." && mapped.problems.last?.places.count == 1)
    }
}
