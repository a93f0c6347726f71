/// Twelve invented invoices, each laid out in another way.
package enum SampleInvoices {
    package static let all: [SampleInvoice] = styles.enumerated().map { index, style in
        var generator = SplitMix64(seed: UInt64(index) + 1)
        let buyer = buyers[index % buyers.count]
        return SampleInvoice(
            number: "INV/\(2025 + index % 2)/\(1000 + 37 * index)", year: 2025 + index % 2, month: 1 + index, day: 3 + 2 * index % 25,
            seller: "PT Lentera Rekaan", buyer: buyer.name, address: buyer.address,
            lines: (0..<counts[index]).map { _ in line(&generator) }, style: style)
    }

    private static func line(_ generator: inout SplitMix64) -> SampleInvoice.Line {
        func pick(_ count: Int) -> Int { Int(generator.next() % UInt64(count)) }
        let (name, code, unit) = goods[pick(goods.count)]
        return SampleInvoice.Line(
            code: code, name: name, more: pick(3) == 0 ? notes[pick(notes.count)] : "", quantity: 1 + pick(120), unit: unit,
            price: 15_000 + pick(9_000_000))
    }

    package static let buyers: [(name: String, tin: String, address: [String])] = [
        ("PT Samudra Angan", "0011000000000011", ["Jl. Khayal 12", "Jakarta 10000"]),
        ("CV Bintang Karangan", "0022000000000022", ["Jl. Dongeng Raya 5", "Bandung 40000", "Jawa Barat"]),
        ("PT Cerita Makmur", "0033000000000033", ["Kawasan Fiksi Blok C-3", "Surabaya 60000"]),
    ]

    private static let goods = [
        ("Kain katun biru", "5208", "M"), ("Kancing kayu", "9606", "Lusin"), ("Benang poliester", "5402", "Kg"),
        ("Lampu meja kuningan", "9405", "Unit"),
        ("Set obeng presisi", "8205", "Set"), ("Kertas lukis A2", "4802", "Lembar"), ("Baut stainless M8", "7318", "Pcs"),
        ("Kotak arsip", "4819", "Box"),
    ]

    private static let notes = ["warna sesuai contoh", "kualitas ekspor", "untuk gudang kedua"]

    private static let counts = [3, 5, 2, 8, 4, 6, 1, 45, 7, 3, 60, 5]

    private static let styles: [SampleInvoice.Style] = (0..<12).map { index in
        var style = SampleInvoice.Style()
        style.isIndonesian = index % 3 != 1
        style.facts = [.inline, .columns, .below][index % 3]
        style.table = [.plain, .ruled, .booktabs, .plain][index % 4]
        style.buyerBehindLabel = index % 5 == 2
        style.decimalComma = index % 2 == 0
        style.currency = [3, 8].contains(index) ? "Rp " : ""
        style.unitBehindQuantity = index % 4 == 2
        style.headInTwoRows = [2, 5, 9].contains(index)
        style.hasCodes = index != 6
        style.monthByName = index % 3 != 2
        style.size = [9, 8, 10, 8.5][index % 4]
        style.linesPerPage = index == 7 ? 20 : 24
        return style
    }
}
