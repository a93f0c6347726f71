import ColophonCore
import ColophonExtraction
import ColophonMapping
import ColophonTestSupport
import Foundation
import Testing

/// The plain mapping over PDFs that carry an electronic invoice: what it writes is what they carry.
@Suite(.timeLimit(.minutes(2))) struct CarriedInvoiceTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../shared/corpus/zugferd").path

    static let files: [String] = ["v1", "v2"].flatMap { version in
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(version)")) ?? []).filter { $0.hasSuffix(".pdf") }.sorted()
            .map { "\(version)/\($0)" }
    }

    private func extraction(_ name: String) async throws -> Extraction {
        let descriptor = open("\(Self.folder)/\(name)", O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        return try await NativeExtractor(program: ChildProgram(path: Programs.child), limits: Limits()).extract(
            ExtractionSource(descriptor: descriptor, name: "input", wantsWords: true)
        ) { _ in }
    }

    /// The texts of an element wherever it stands, as plainly as one can look for them.
    private func texts(_ element: String, in xml: Substring) -> [String] {
        xml.matches(of: try! Regex("<(?:[A-Za-z]+:)?\(element)(?: [^>]*)?>([^<]*)<")).map { Self.plain($0.output[1].substring ?? "") }
    }

    /// What an element holds, markup and all.
    private func part(_ element: String, of xml: Substring) -> Substring {
        guard let match = xml.firstMatch(of: try! Regex("<(?:[A-Za-z]+:)?\(element)(?: [^>]*)?>([\\s\\S]*?)</(?:[A-Za-z]+:)?\(element)>"))
        else { return "" }
        return match.output[1].substring ?? ""
    }

    private static func plain(_ text: Substring) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")].reduce(
            text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        ) { $0.replacing($1.0, with: $1.1) }
    }

    private func amounts(_ texts: [String]) -> [Double] { texts.compactMap(Double.init).map { ($0 * 100).rounded() / 100 } }

    @Test(.enabled(if: !files.isEmpty), arguments: files)
    func `its totals, parties and lines are those of the invoice that it carries`(file: String) async throws {
        let extraction = try await extraction(file)
        let carried = String(decoding: try #require(extraction.invoice), as: UTF8.self)[...]
        let mapping = try #require(MappingCatalogue.builtIn["invoice_generic_v1"])
        let mapped = mapping.map(MappingSource(pages: extraction.pages, invoice: extraction.invoice))
        #expect(mapped.problems == [])
        let bytes = try #require(mapped.xml)
        #expect(try await XMLSchema(of: "invoice_generic_v1").faults(in: bytes) == "")
        let xml = String(decoding: bytes, as: UTF8.self)[...]
        for (own, theirs) in [("Net", "TaxBasisTotalAmount"), ("Tax", "TaxTotalAmount"), ("Total", "GrandTotalAmount")] {
            #expect(amounts(texts(own, in: part("Totals", of: xml))).first == amounts(texts(theirs, in: carried)).first, "\(own)")
        }
        for (own, theirs) in [("Seller", "SellerTradeParty"), ("Buyer", "BuyerTradeParty")] {
            #expect(texts("Name", in: part(own, of: xml)).first == texts("Name", in: part(theirs, of: carried)).first, "\(own)")
        }
        let lines = carried.matches(
            of: try Regex("<(?:[A-Za-z]+:)?IncludedSupplyChainTradeLineItem>([\\s\\S]*?)</(?:[A-Za-z]+:)?IncludedSupplyChainTradeLineItem>")
        )
        .map { $0.output[1].substring ?? "" }
        #expect(texts("Description", in: xml) == lines.map { texts("Name", in: part("SpecifiedTradeProduct", of: $0)).first ?? "" })
        let sums = lines.map { line in amounts(texts("LineTotalAmount", in: line)).first }
        #expect(xml.matches(of: try Regex("<Amount>([^<]*)</Amount>")).map { Double($0.output[1].substring ?? "") } == sums)
    }
}
