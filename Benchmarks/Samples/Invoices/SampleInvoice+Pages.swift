extension SampleInvoice {
    /// The invoice as a PDF.
    package var pdf: [UInt8] { PageCanvas.pdf(pages) }

    private typealias Point = PageCanvas.Point

    private struct Column {
        var head: [String]
        var left: Double
        var right: Double
        var isNumber: Bool
        var text: (Line, Int) -> String
    }

    private static let (left, right) = (56.0, 539.0)

    private var pages: [PageCanvas] {
        var pages: [PageCanvas] = []
        var rest = lines.indices.map { $0 }[...]
        repeat {
            var page = PageCanvas()
            var y = pages.isEmpty ? top(of: &page) : 770.0
            let here = rest.prefix(style.linesPerPage)
            rest = rest.dropFirst(style.linesPerPage)
            y = table(of: Array(here), from: y, on: &page)
            if rest.isEmpty { foot(from: y, on: &page) }
            pages.append(page)
        } while !rest.isEmpty
        return pages
    }

    private var body: PageCanvas.TextStyle { .init(.helvetica, style.size, leading: style.size * 1.45) }
    private var bold: PageCanvas.TextStyle { .init(.helveticaBold, style.size) }

    private func word(_ indonesian: String, _ english: String) -> String { style.isIndonesian ? indonesian : english }

    // MARK: Above the table

    private func top(of page: inout PageCanvas) -> Double {
        page.text(seller, at: Point(Self.left, 790), .init(.helveticaBold, 15))
        page.text(word("FAKTUR PENJUALAN", "SALES INVOICE"), at: Point(Self.right, 790), .init(.helvetica, 13), anchor: .right)
        let facts = [(word("No. Faktur", "Invoice No"), number), (word("Tanggal Faktur", "Invoice Date"), writtenDate)]
        var y = 755.0
        switch style.facts {
        case .inline:
            for (label, value) in facts {
                page.text("\(label): \(value)", at: Point(330, y), body)
                y -= body.leading
            }
        case .columns:
            for (label, value) in facts {
                page.text(label, at: Point(330, y), body)
                page.text(value, at: Point(Self.right, y), body, anchor: .right)
                y -= body.leading
            }
        case .below:
            for (index, fact) in facts.enumerated() {
                let x = 330 + 110 * Double(index)
                page.text(fact.0, at: Point(x, y), bold)
                page.text(fact.1, at: Point(x, y - body.leading), body)
            }
        }
        return buyer(from: 745, on: &page)
    }

    private func buyer(from y: Double, on page: inout PageCanvas) -> Double {
        let label = word("Kepada", "Bill to")
        guard style.buyerBehindLabel else {
            page.text("\(label):", at: Point(Self.left, y), bold)
            return page.lines([buyer] + address, at: Point(Self.left, y - body.leading), body) - 24
        }
        page.text("\(label) :", at: Point(Self.left, y), body)
        page.text(buyer, at: Point(Self.left + 62, y), body)
        page.text("\(word("Alamat", "Buyer Address")) :", at: Point(Self.left, y - body.leading), body)
        page.text(address.joined(separator: ", "), at: Point(Self.left + 84, y - body.leading), body)
        return y - 3 * body.leading - 24
    }

    // MARK: Table

    private var columns: [Column] {
        var columns = [
            Column(head: [word("No", "No")], left: Self.left, right: Self.left + 22, isNumber: false) { _, index in "\(index + 1)" }
        ]
        if style.hasCodes {
            columns.append(
                Column(head: ["HS", "Code"], left: Self.left + 26, right: Self.left + 76, isNumber: false) { line, _ in line.code })
        }
        columns.append(
            Column(head: [word("Nama Barang", "Description")], left: Self.left + 80, right: Self.left + 236, isNumber: false) { line, _ in
                line.name
            })
        columns.append(
            Column(head: ["Qty"], left: Self.left + 240, right: Self.left + 286, isNumber: true) { [style] line, _ in
                style.unitBehindQuantity ? "\(line.quantity) \(line.unit)" : "\(line.quantity)"
            })
        if !style.unitBehindQuantity {
            columns.append(
                Column(head: [word("Satuan", "Unit")], left: Self.left + 296, right: Self.left + 332, isNumber: false) { line, _ in
                    line.unit
                })
        }
        columns.append(
            Column(
                head: style.isIndonesian ? ["Harga", "Satuan"] : ["Unit", "Price"], left: Self.left + 336, right: Self.left + 406,
                isNumber: true
            ) {
                line, _ in written(line.price)
            })
        columns.append(
            Column(head: style.isIndonesian ? ["Jumlah", "Harga"] : ["Amount"], left: Self.left + 410, right: Self.right, isNumber: true) {
                line, _ in
                written(line.amount)
            })
        return columns
    }

    private func table(of indices: [Int], from top: Double, on page: inout PageCanvas) -> Double {
        var y = top
        for row in 0..<(style.headInTwoRows ? 2 : 1) {
            for column in columns {
                let whole = column.head.joined(separator: " ")
                let text = style.headInTwoRows ? (row < column.head.count ? column.head[row] : "") : whole
                if !text.isEmpty { place(text, column, y, bold, on: &page) }
            }
            y -= body.leading
        }
        if style.table != .plain {
            page.line(from: Point(Self.left - 4, y + body.leading - 4), to: Point(Self.right + 4, y + body.leading - 4))
        }
        y -= 3
        for index in indices {
            for column in columns { place(column.text(lines[index], index), column, y, body, on: &page) }
            y -= body.leading
            if !lines[index].more.isEmpty {
                page.text(lines[index].more, at: Point(Self.left + 80, y), body)
                y -= body.leading
            }
            if style.table == .ruled {
                page.line(from: Point(Self.left - 4, y + body.leading - 4), to: Point(Self.right + 4, y + body.leading - 4))
            }
            y -= 3
        }
        if style.table != .plain {
            page.line(from: Point(Self.left - 4, top + style.size + 3), to: Point(Self.right + 4, top + style.size + 3))
            page.line(from: Point(Self.left - 4, y + body.leading - 2), to: Point(Self.right + 4, y + body.leading - 2))
        }
        return y
    }

    private func place(_ text: String, _ column: Column, _ y: Double, _ style: PageCanvas.TextStyle, on page: inout PageCanvas) {
        if column.isNumber {
            page.text(text, at: Point(column.right, y), style, anchor: .right)
        } else {
            page.text(text, at: Point(column.left, y), style)
        }
    }

    // MARK: Below the table

    private func foot(from top: Double, on page: inout PageCanvas) {
        var y = top - 8
        for (label, amount) in [("Subtotal", total), (word("PPN 11%", "VAT 11%"), tax), ("Grand Total", total + tax)] {
            page.text(label, at: Point(Self.left + 330, y), body)
            page.text(written(amount), at: Point(Self.right, y), body, anchor: .right)
            y -= body.leading
        }
        page.text(word("Terima kasih atas pesanan Anda.", "Thank you for your order."), at: Point(Self.left, y - 20), body)
    }
}
