/// A small file that asks for much.
struct Bomb: Sendable {
    var name: String
    /// Of its name, with the dot.
    var ending: String
    /// - Complexity: Up to 512 MiB of memory while it is made.
    var bytes: @Sendable () -> [UInt8]

    static let all =
        PDFBomb.allCases.map { bomb in Bomb(name: bomb.rawValue, ending: ".pdf") { bomb.bytes } }
        + FormatBomb.allCases.map { bomb in Bomb(name: bomb.rawValue, ending: ".\(bomb.ending)") { bomb.bytes } }
}
