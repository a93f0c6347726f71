/// The lists of a document and how far each has counted.
struct WordNumbering {
    struct Level {
        var format = "decimal"
        /// The marker, where `%1` stands for the number of the first level.
        var template = ""
        var start = 1
    }

    private var definitions: [String: [Int: Level]] = [:]
    private var definitionOfList: [Int: String] = [:]
    private var starts: [Int: [Int: Int]] = [:]
    private var counters: [Int: [Int: Int]] = [:]

    init(_ root: XMLElement?) {
        for element in root?.children ?? [] {
            if element.isNamed(.word, "abstractNum"), let id = element["abstractNumId"] {
                definitions[id] = Self.levels(in: element)
            } else if element.isNamed(.word, "num"), let list = element.attributes.integer("numId") {
                definitionOfList[list] = element.child("abstractNumId")?["val"]
                for override in element.children where override.name.local == "lvlOverride" {
                    guard let level = override.attributes.integer("ilvl") else { continue }
                    starts[list, default: [:]][level] = override.child("startOverride")?.attributes.integer("val")
                }
            }
        }
    }

    private static func levels(in definition: XMLElement) -> [Int: Level] {
        var levels: [Int: Level] = [:]
        for element in definition.children where element.name.local == "lvl" {
            guard let index = element.attributes.integer("ilvl") else { continue }
            levels[index] = Level(
                format: element.child("numFmt")?["val"] ?? "decimal", template: element.child("lvlText")?["val"] ?? "",
                start: element.child("start")?.attributes.integer("val") ?? 1)
        }
        return levels
    }

    private func level(_ place: WordListPlace) -> Level? { definitionOfList[place.list].flatMap { definitions[$0]?[place.level] } }

    /// Whether the items at this place show a number or letter.
    func isNumbered(_ place: WordListPlace) -> Bool {
        guard let level = level(place) else { return false }
        return level.format != "bullet" && level.format != "none"
    }

    /// Counts an item and makes its marker; empty for bullets.
    mutating func nextMarker(_ place: WordListPlace) -> String {
        guard isNumbered(place), let level = level(place) else { return "" }
        var counter = counters[place.list] ?? [:]
        counter[place.level] = counter[place.level].map { $0.addingReportingOverflow(1).partialValue } ?? start(of: place)
        for deeper in place.level..<WordListPlace.levelMax { counter[deeper + 1] = nil }
        counters[place.list] = counter
        var marker = ""
        var characters = level.template.prefix(100)[...]
        while let character = characters.popFirst() {
            guard character == "%", let digit = characters.first?.wholeNumberValue, digit > 0 else {
                marker.append(character)
                continue
            }
            characters.removeFirst()
            var other = place
            other.level = digit - 1
            marker += NumberFormat(rawValue: self.level(other)?.format ?? "").text(counter[other.level] ?? start(of: other))
        }
        return marker.trimmed
    }

    private func start(of place: WordListPlace) -> Int { starts[place.list]?[place.level] ?? level(place)?.start ?? 1 }
}
