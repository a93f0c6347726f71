/// What is usual in the document.
struct DocumentStatistics {
    /// The font size of most characters.
    let bodySize: Float
    /// Nearly all characters are bold: then bold says nothing.
    let isBodyBold: Bool
    /// Most characters are monospaced, as in typescripts and text layers of scans: then it says nothing.
    let isBodyMonospaced: Bool
    /// Its author has marked headings.
    let hasTaggedHeadings: Bool
    /// Lines in capitals are common: then they say nothing.
    let isOftenCapitals: Bool

    static func key(_ size: Float) -> Int { Int((min(size, 1_000) * 5).rounded()) }

    init(pages: [PageLayout]) {
        var counts: [Int: (all: Int, bold: Int)] = [:]
        var lines = 0
        var capitalLines = 0
        var characters = 0
        var monospaced = 0
        for page in pages {
            for line in page.lines where !line.isSideways && line.size < 1_000 {
                let key = Self.key(line.size)
                // Running text counts twice: tables are often set smaller, and must not make it look large.
                let count = line.text.unicodeScalars.count * 2
                counts[key, default: (0, 0)].all += count
                characters += count
                if line.style.contains(.monospaced) { monospaced += count }
                lines += 1
                if TextShape(line.text).isCapitals { capitalLines += 1 }
                if line.style.contains(.bold) { counts[key, default: (0, 0)].bold += count }
            }
        }
        for page in pages {
            for (key, count) in page.tableSizes {
                counts[key, default: (0, 0)].all += count.all
                counts[key, default: (0, 0)].bold += count.bold
            }
        }
        hasTaggedHeadings = pages.contains { page in
            page.lines.contains { line in
                if case .heading = page.role(of: line) { true } else { false }
            }
        }
        isBodyMonospaced = monospaced * 10 > characters * 6
        isOftenCapitals = capitalLines * 6 > lines
        // Running text is seldom bold: where a good part is not, only that part is counted.
        let all = counts.values.reduce(0) { $0 + $1.all }
        let bold = counts.values.reduce(0) { $0 + $1.bold }
        isBodyBold = (all - bold) * 10 < all * 3
        let countsBold = isBodyBold
        func weight(_ count: (all: Int, bold: Int)) -> Int { countsBold ? count.all : count.all - count.bold }
        // Equal counts go to the smaller size, so that the result does not depend on the order of a dictionary.
        let best = counts.max { (weight($0.value), -$0.key) < (weight($1.value), -$1.key) }
        bodySize = best.map { Float($0.key) / 5 } ?? 10
    }
}
