import ArgumentParser
import Foundation

/// Small files that ask for much.
struct BombsBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bombs", abstract: "Decompression bombs and their kin: each must end in a result or in a typed error.")

    @Option(help: "Only these, separated by commas.") var only: String?
    @Option(help: "Write them to this folder, and read none.") var write: String?

    func run() async throws {
        let wanted = only.map { Set($0.split(separator: ",").map(String.init)) }
        let bombs = Bomb.all.filter { wanted?.contains($0.name) ?? true }
        if let write {
            try FileManager.default.createDirectory(atPath: write, withIntermediateDirectories: true)
            for bomb in bombs { try Data(bomb.bytes()).write(to: URL(fileURLWithPath: "\(write)/\(bomb.name)\(bomb.ending)")) }
            return
        }
        try await Samples.withFolder { folder in
            let server = try await HostileServer(folder: folder)
            try await server.read(bombs.indices, atOnce: 1) { number in
                let bomb = bombs[number]
                let path = "\(folder)/\(bomb.name)\(bomb.ending)"
                let bytes = bomb.bytes()
                try Data(bytes).write(to: URL(fileURLWithPath: path))
                return (path, "\(bomb.name)\(bomb.ending), \(bytes.count >> 10) KiB")
            }
            // A parse may take 300 s in all.
            try await server.report(eachOne: true, secondsMax: 310, mayBeLost: false)
        }
    }
}
