import Testing

@testable import ColophonMapping

@Suite struct ListTests {
    private static let generic = MappingCatalogue.builtIn["invoice_generic_v1"]

    private func mapped(_ pages: Sheet) throws -> Mapped { pages.mapped(by: try #require(Self.generic)) }

    @Test func `rows under a head are lines, their texts go on below them, and totals are none`() throws {
        let page = """
            Description                 Qty    Unit Price      Amount
            Blue paint                    2         10.00       20.00
              for walls
            Brush, small                 10          1.50       15.00
            Subtotal                                            35.00
            Total                                               35.00
            """
        let mapped = try mapped(Sheet(page))
        #expect(mapped.column("description") == ["Blue paint for walls", "Brush, small"])
        #expect(mapped.column("quantity") == ["2", "10"] && mapped.column("amount") == ["20", "15"])
    }

    @Test func `a head may take two rows, and a column nobody asked for keeps its cells`() throws {
        let page = """
            Item                  Shelf     Unit       Line
                                            Price      Total
            Chair                  7          9.00      9.00
            Table                  8         11.00     11.00
            """
        let mapped = try mapped(Sheet(page))
        #expect(mapped.column("description") == ["Chair", "Table"])
        #expect(
            mapped.column("unit_price") == ["9", "11"] && mapped.column("amount") == ["9", "11"] && mapped.column("quantity") == [nil, nil])
    }

    @Test func `lines go on over pages, with the head again or without`() throws {
        let head = "Description          Qty     Price      Amount"
        let first = "\(head)\nA                      1      2.00        2.00\nB                      1      3.00        3.00"
        let second = "C                      1      4.00        4.00"
        let third = "Page 3\n\(head)\nD                      1      5.00        5.00\nTotal                                14.00"
        let mapped = try mapped(Sheet(first, second, third))
        #expect(mapped.column("description") == ["A", "B", "C", "D"])
        #expect(mapped.lists[0].lines.map { $0[0].value.places[0].page } == [1, 1, 2, 3])
    }

    @Test func `what follows a number is its unit, and a subtotal is no end`() throws {
        let page = """
            Description          Quantity     Price      Amount
            Rope                 12.5 m        2.00       25.00
            Subtotal                                      25.00
            Nails                 3 kg         4.00       12.00
            Total                                         37.00
            """
        let mapped = try mapped(Sheet(page))
        #expect(mapped.column("unit") == ["m", "kg"] && mapped.column("quantity") == ["12.5", "3"])
        #expect(mapped.column("description") == ["Rope", "Nails"])
    }

    @Test func `the name of a tax within a line is no end, and heads are no labels of totals`() throws {
        let page = """
            Invoice No: 7    Date: 5.1.2025
            Description       Qty    Price      VAT        Net Amount
            Consulting          1    100.00     VAT 20%        100.00
            Travel              2      8.00     VAT 20%         16.00
            Subtotal                                           116.00
            VAT 20%                                             23.20
            Total (GBP)                                        139.20
            VAT ID: DE123456789
            """
        let mapped = try mapped(Sheet(page))
        #expect(mapped.column("description") == ["Consulting", "Travel"])
        #expect(mapped.text("totals.net") == "116" && mapped.text("totals.tax") == "23.2" && mapped.text("totals.total") == "139.2")
        #expect(mapped.problems == [])
    }

    @Test func `prose in which the words of a head occur is no table`() throws {
        let mapped = try mapped(Sheet("The total price of the item is an amount that we tell.\nOn demand 5 of 7 pay 12.00 at once."))
        #expect(mapped.lists[0].lines.isEmpty)
    }
}
