import ColophonAPI
import ColophonClient
import ColophonProcesses
import ColophonSamples
import ColophonTestSupport
import Foundation
import Testing

/// Invoices to XML through the whole program: upload, reader, mapping, download.
@Suite(.serialized, .timeLimit(.minutes(5))) struct MappingProgramTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var data: String { "\(folder.path)/data" }

    /// What the operator sets: the seller's number and the buyers'.
    private func mappings() throws -> String {
        let path = "\(folder.path)/mappings"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let tins = SampleInvoices.buyers.map { "\"\($0.name)\": \"\($0.tin)\"" }.joined(separator: ", ")
        let settings = #"{"pt_simon_invoice_v1": {"settings": {"seller_tin": "0099000000000099"}, "tables": {"buyer_tins": {\#(tins)}}}}"#
        try Data(settings.utf8).write(to: URL(fileURLWithPath: "\(path)/settings.json"))
        return path
    }

    /// What the tax office is to be sent, from what the invoice was drawn from and in whole hundredths.
    private func expected(_ invoice: SampleInvoice) -> String {
        func cents(_ value: Int) -> String { "\(value / 100).\(value % 100 < 10 ? "0" : "")\(value % 100)" }
        let units = ["M": "13", "Lusin": "17", "Kg": "03", "Unit": "18", "Set": "19", "Lembar": "20", "Pcs": "21", "Box": "22"]
        let tin = SampleInvoices.buyers.first { $0.name == invoice.buyer }?.tin ?? ""
        let goods = invoice.lines.map { line in
            let base = line.amount
            return "<GoodService><Opt>A</Opt><Code>\(invoice.style.hasCodes ? line.code + "00" : "000000")</Code>"
                + "<Name>\(line.name)\(line.more.isEmpty ? "" : " " + line.more)</Name><Unit>UM.00\(units[line.unit] ?? "")</Unit>"
                + "<Price>\(cents(line.price))</Price><Qty>\(line.quantity)</Qty><TotalDiscount>0</TotalDiscount><TaxBase>\(cents(base))</TaxBase>"
                + "<OtherTaxBase>\(cents((base * 11 + 6) / 12))</OtherTaxBase><VATRate>12</VATRate><VAT>\(cents((base * 11 + 50) / 100))</VAT>"
                + "<STLGRate>0</STLGRate><STLG>0</STLG></GoodService>"
        }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return #"<?xml version="1.0" encoding="utf-8"?><TaxInvoiceBulk xmlns:xsd="http://www.w3.org/2001/XMLSchema" "#
            + #"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><TIN>0099000000000099</TIN><ListOfTaxInvoice><TaxInvoice>"#
            + "<TaxInvoiceDate>\(invoice.year)-\(two(invoice.month))-\(two(invoice.day))</TaxInvoiceDate><TaxInvoiceOpt>Normal</TaxInvoiceOpt>"
            + "<TrxCode>04</TrxCode><AddInfo></AddInfo><CustomDoc></CustomDoc><CustomDocMonthYear></CustomDocMonthYear>"
            + "<RefDesc>\(invoice.number)</RefDesc><FacilityStamp></FacilityStamp><SellerIDTKU>0099000000000099000000</SellerIDTKU>"
            + "<BuyerTin>\(tin)</BuyerTin><BuyerDocument>TIN</BuyerDocument><BuyerCountry>IDN</BuyerCountry>"
            + "<BuyerDocumentNumber>-</BuyerDocumentNumber><BuyerName>\(invoice.buyer)</BuyerName>"
            + "<BuyerAdress>\(invoice.address.joined(separator: ", "))</BuyerAdress><BuyerEmail></BuyerEmail><BuyerIDTKU>\(tin)000000</BuyerIDTKU>"
            + "<ListOfGoodService>\(goods.joined())</ListOfGoodService></TaxInvoice></ListOfTaxInvoice></TaxInvoiceBulk>"
    }

    @Test func `twelve invoices of twelve layouts become the XML that they were drawn from`() async throws {
        let server = try await ColophonServerProcess.start(
            program: Programs.colophon, data: data, arguments: ["--mappings", try mappings()])
        defer { server.process.send(SIGKILL) }
        for (index, invoice) in SampleInvoices.all.enumerated() {
            let path = "\(folder.path)/\(index).pdf"
            try Data(invoice.pdf).write(to: URL(fileURLWithPath: path))
            let uploaded = try await server.client.upload(path: path, mapping: "pt_simon_invoice_v1")
            let done = try await server.client.wait(for: uploaded.documentId, timeout: .seconds(120))
            #expect(done.status == "complete", "\(index): \(done.error?.message ?? "")")
            guard done.status == "complete" else { continue }
            var xml: [UInt8] = []
            try await server.client.export(uploaded.documentId, format: "xml") { xml += $0 }
            #expect(String(decoding: xml, as: UTF8.self) == expected(invoice), "\(index)")
            #expect(try await XMLSchema(of: "pt_simon_invoice_v1").faults(in: xml) == "", "\(index)")
        }
    }
}
