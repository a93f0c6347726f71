/// Finds headers and footers: what repeats at the same height of pages, and page numbers.
///
/// Digits are masked before texts are compared, so that `Page 3 of 9` repeats. Only lines in the margins count, and only from the
/// page's edge inwards: a line that repeats in the middle of the text is no furniture.
struct FurnitureFinder {
    private static let margin: Float = 0.13
    private static let maxLinesPerSide = 4

    /// The lines of each page that are furniture, and whether each is a header.
    static func furniture(of pages: [PageLayout]) -> [[Int: Bool]] {
        var counts: [Key: Int] = [:]
        var candidates: [[Candidate]] = []
        candidates.reserveCapacity(pages.count)
        for page in pages {
            let found = Self.candidates(of: page)
            var seen: Set<Key> = []
            for candidate in found where seen.insert(candidate.key).inserted { counts[candidate.key, default: 0] += 1 }
            candidates.append(found)
        }
        // Alternating pages, title pages and chapters leave gaps: three pages are enough, two in a short document.
        let needed = pages.count <= 4 ? 2 : 3
        return zip(pages, candidates).map { page, found in
            var result: [Int: Bool] = [:]
            for isHeader in [true, false] {
                for candidate in found where candidate.isHeader == isHeader {
                    if candidate.isArtifact {
                        result[candidate.line] = isHeader
                        continue
                    }
                    let repeats = pages.count > 1 && candidate.key.near.contains { (counts[$0] ?? 0) >= needed }
                    guard repeats || candidate.isPageNumber || candidate.standsApart else { break }
                    result[candidate.line] = isHeader
                }
            }
            // Sideways in the outer margin: a stamp of the archive or the publisher.
            for (index, line) in page.lines.enumerated() where line.isSideways {
                if line.box.x1 < 0.09 * page.width || line.box.x0 > 0.91 * page.width { result[index] = true }
            }
            return result
        }
    }

    private struct Key: Hashable {
        var text: String
        var isHeader: Bool
        /// In steps of four points from the page's edge.
        var height: Int

        /// Heights differ by a hair; the count of a neighbouring step is good enough.
        var near: [Key] {
            [self, Key(text: text, isHeader: isHeader, height: height - 1), Key(text: text, isHeader: isHeader, height: height + 1)]
        }
    }

    private struct Candidate {
        var line: Int
        var key: Key
        var isHeader: Bool
        var isPageNumber: Bool
        /// By its look alone, without repeating, it is a running head or foot.
        var standsApart: Bool
        /// Its author has said that it is no content.
        var isArtifact: Bool
    }

    /// The lines in the margins, from the edges inwards.
    private static func candidates(of page: PageLayout) -> [Candidate] {
        let top = page.height * (1 - margin)
        let bottom = page.height * margin
        var result: [Candidate] = []
        for isHeader in [true, false] {
            let lines = page.lines.indices.filter {
                let box = page.lines[$0].box
                return !page.lines[$0].isSideways && (isHeader ? box.y0 > top : box.y1 < bottom)
            }
            let sorted = lines.sorted {
                let (a, b) = (page.lines[$0].box.midY, page.lines[$1].box.midY)
                return a == b ? $0 < $1 : (isHeader ? a > b : a < b)
            }
            let head = runningHead(sorted, page)
            for line in sorted.prefix(maxLinesPerSide * 3) {
                let masked = mask(page.lines[line].text)
                let edge = isHeader ? page.height - page.lines[line].box.midY : page.lines[line].box.midY
                result.append(
                    Candidate(
                        line: line, key: Key(text: masked, isHeader: isHeader, height: Int((edge / 4).rounded())), isHeader: isHeader,
                        isPageNumber: isPageNumber(masked),
                        standsApart: head.contains(line) || standsApart(line, of: page, isHeader: isHeader, masked: masked),
                        isArtifact: page.lines[line].element == Glyph.artifact))
            }
        }
        return result
    }

    /// The lines of the outermost row when one of them is a page number: title, author and number side by side.
    private static func runningHead(_ sorted: [Int], _ page: PageLayout) -> Set<Int> {
        guard let first = sorted.first.map({ page.lines[$0] }) else { return [] }
        let row = sorted.filter { abs(page.lines[$0].box.midY - first.box.midY) < 0.6 * first.size }
        guard row.count > 1, row.contains(where: { isPageNumber(mask(page.lines[$0].text)) }),
            row.reduce(0, { $0 + page.lines[$1].text.utf8.count }) <= 120
        else { return [] }
        return Set(row)
    }

    /// A line by itself at the very edge, away from the text, that reads like a running foot: an address, a date, a revision, a page range.
    ///
    /// Single pages repeat nothing, so only such lines can be told.
    private static func standsApart(_ index: Int, of page: PageLayout, isHeader: Bool, masked: String) -> Bool {
        let line = page.lines[index]
        guard line.text.utf8.count <= 120, page.lines.count > 8 else { return false }
        let edge = isHeader ? page.height - line.box.y1 : line.box.y0
        guard edge < 0.07 * page.height else { return false }
        let signs = [
            "www.", "http", "downloaded", "published by", "doi", "issn", "©", "copyright", "rev", "page#", "vol", "p/n",
            "allrightsreserved",
        ]
        let hasDate = line.text.utf8.reduce(0) { $0 + ($1 >= 48 && $1 <= 57 ? 1 : 0) } >= 2
        guard hasDate && line.text.utf8.count <= 40 || signs.contains(where: { masked.contains($0) }) else { return false }
        // Everything but its own row keeps its distance.
        return page.lines.allSatisfy { other in
            let gap = isHeader ? line.box.y0 - other.box.y1 : other.box.y0 - line.box.y1
            let isOutside = isHeader ? other.box.midY >= line.box.midY - line.size : other.box.midY <= line.box.midY + line.size
            return isOutside || gap >= 0.8 * line.size
        }
    }

    /// Lower-case letters and `#` for each number; white space goes.
    static func mask(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8.prefix(200) {
            switch byte {
            case 48...57: if bytes.last != UInt8(ascii: "#") { bytes.append(UInt8(ascii: "#")) }
            case 65...90: bytes.append(byte + 32)
            case 32: break
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `#`, `- # -`, `page # of #`, `#/#`, a small roman number.
    static func isPageNumber(_ masked: String) -> Bool {
        var core = masked[...]
        while let first = core.first, "-–—[(|".contains(first) { core = core.dropFirst() }
        while let last = core.last, "-–—])|.".contains(last) { core = core.dropLast() }
        switch core {
        case "#", "page#", "p.#", "p#", "page#of#", "#of#", "#/#", "page#/#", "seite#", "seite#von#", "s.#", "#von#", "#|page", "pg#":
            return true
        default: return !core.isEmpty && core.utf8.count <= 6 && core.utf8.allSatisfy { $0 == 105 || $0 == 118 || $0 == 120 }
        }
    }
}
