import Testing

@testable import ColophonMapping

/// `pt_simon_invoice_v1`, with invented companies and numbers.
@Suite struct CoretaxTests {
    private static let page = """
        PT Contoh Jaya
        INVOICE

        Invoice No : INV/2025/0117
        Tanggal    : 17 Januari 2025

        Kepada:
        PT Pembeli Rekaan
        Jl. Karangan 5
        Jakarta

        No  HS Code   Description              Qty   Unit     Unit Price            Amount
        1   5407      Kain biru                 90   M         72.928,47      6.563.562,30
        2   9606.21   Kancing                    2   Dzn          500,00          1.000,00

        Subtotal                                                              6.564.562,30
        PPN                                                                     722.101,85
        Total                                                                 7.286.664,15
        """

    private static let settings = MappingSettings(
        values: ["seller_tin": "0099887766554433"], tables: ["buyer_tins": ["PT Pembeli Rekaan": "0011223344556677"]])

    private func mapped(_ page: String = page, settings: MappingSettings = settings) throws -> Mapped {
        Sheet(page).mapped(by: try #require(MappingCatalogue.builtIn["pt_simon_invoice_v1"]), settings: settings, pretty: true)
    }

    @Test func `an invoice becomes a bulk of one, each element in its place`() throws {
        let mapped = try mapped()
        #expect(mapped.problems == [])
        #expect(
            mapped.xmlText == """
                <?xml version="1.0" encoding="utf-8"?>
                <TaxInvoiceBulk xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
                  <TIN>0099887766554433</TIN>
                  <ListOfTaxInvoice>
                    <TaxInvoice>
                      <TaxInvoiceDate>2025-01-17</TaxInvoiceDate>
                      <TaxInvoiceOpt>Normal</TaxInvoiceOpt>
                      <TrxCode>04</TrxCode>
                      <AddInfo></AddInfo>
                      <CustomDoc></CustomDoc>
                      <CustomDocMonthYear></CustomDocMonthYear>
                      <RefDesc>INV/2025/0117</RefDesc>
                      <FacilityStamp></FacilityStamp>
                      <SellerIDTKU>0099887766554433000000</SellerIDTKU>
                      <BuyerTin>0011223344556677</BuyerTin>
                      <BuyerDocument>TIN</BuyerDocument>
                      <BuyerCountry>IDN</BuyerCountry>
                      <BuyerDocumentNumber>-</BuyerDocumentNumber>
                      <BuyerName>PT Pembeli Rekaan</BuyerName>
                      <BuyerAdress>Jl. Karangan 5, Jakarta</BuyerAdress>
                      <BuyerEmail></BuyerEmail>
                      <BuyerIDTKU>0011223344556677000000</BuyerIDTKU>
                      <ListOfGoodService>
                        <GoodService>
                          <Opt>A</Opt>
                          <Code>540700</Code>
                          <Name>Kain biru</Name>
                          <Unit>UM.0013</Unit>
                          <Price>72928.47</Price>
                          <Qty>90</Qty>
                          <TotalDiscount>0</TotalDiscount>
                          <TaxBase>6563562.30</TaxBase>
                          <OtherTaxBase>6016598.78</OtherTaxBase>
                          <VATRate>12</VATRate>
                          <VAT>721991.85</VAT>
                          <STLGRate>0</STLGRate>
                          <STLG>0</STLG>
                        </GoodService>
                        <GoodService>
                          <Opt>A</Opt>
                          <Code>960621</Code>
                          <Name>Kancing</Name>
                          <Unit>UM.0017</Unit>
                          <Price>500.00</Price>
                          <Qty>2</Qty>
                          <TotalDiscount>0</TotalDiscount>
                          <TaxBase>1000.00</TaxBase>
                          <OtherTaxBase>916.67</OtherTaxBase>
                          <VATRate>12</VATRate>
                          <VAT>110.00</VAT>
                          <STLGRate>0</STLGRate>
                          <STLG>0</STLG>
                        </GoodService>
                      </ListOfGoodService>
                    </TaxInvoice>
                  </ListOfTaxInvoice>
                </TaxInvoiceBulk>

                """)
    }

    @Test(
        arguments: [
            ("Kepada:\nPT Pembeli Rekaan\nJl. Karangan 5\nJakarta", "x", ["FIELD_MISSING buyer.name"]),
            ("PT Pembeli", "PT Fremd", ["UNKNOWN_VALUE buyer.tin"]),
            ("6.564.562,30", "6.999.562,30", ["CHECK_FAILED totals.subtotal"]),
            ("Dzn", "Gros", ["UNKNOWN_VALUE items[2].unit_code"]),
            ("1.000,00", "1.900,00", ["CHECK_FAILED items[2].amount", "CHECK_FAILED totals.subtotal", "CHECK_FAILED totals.vat"]),
            ("17 Januari 2025", "bald", ["FIELD_MISSING invoice.date"]),
        ])
    func `what cannot be is said, and no XML is made`(part: String, other: String, problems: [String]) throws {
        let mapped = try mapped(Self.page.replacing(part, with: other))
        #expect(mapped.xml == nil)
        #expect(mapped.problems.map { "\($0.code.rawValue) \($0.field ?? "")" } == problems)
    }

    @Test func `amounts without cents are whole, and the seller's number is not the buyer's`() throws {
        let page = Self.page.replacing("PT Contoh Jaya", with: "NPWP: 0099887766554433")
            .replacing("72.928,47      6.563.562,30", with: "72.000         6.480.000   ").replacing(
                "500,00          1.000,00", with: "500             1.000   "
            )
            .replacing("6.564.562,30", with: "6.481.000   ").replacing("722.101,85", with: "712.910   ").replacing(
                "7.286.664,15", with: "7.193.910   ")
        let mapped = try mapped(page)
        #expect(mapped.problems == [] && mapped.column("tax_base") == ["6480000", "1000"])
        #expect(mapped.text("buyer.tin") == "0011223344556677")
    }

    @Test func `the companies' numbers are the operator's to set`() throws {
        let mapped = try mapped(settings: MappingSettings(values: ["seller_tin": "12"]))
        #expect(
            mapped.problems.map { "\($0.code.rawValue) \($0.field ?? "")" } == [
                "VALUE_INVALID settings.seller_tin", "UNKNOWN_VALUE buyer.tin",
            ])
    }
}
