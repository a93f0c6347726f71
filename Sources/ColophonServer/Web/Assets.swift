import ColophonCore
import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// The page's scripts, style sheet and pictures: part of the program, served from memory.
///
/// Their path has a hash of all of them in it, so that a browser may keep them for ever and never mixes two builds.
struct Assets: Sendable {
    struct Asset: Sendable {
        var name: String
        var type: String
        var bytes: [UInt8]
    }

    static let shared = Assets(AssetList.all)

    /// The first 16 hexadecimal digits of SHA-256 over names and bytes.
    let hash: String
    /// Where they lie, without an ending slash.
    var path: String { "/assets/\(hash)" }
    private let byName: [String: Asset]

    init(_ all: [Asset]) {
        var digest = SHA256()
        for asset in all.sorted(by: { $0.name < $1.name }) {
            digest.update(data: Array("\(asset.name)\u{0}\(asset.bytes.count)\u{0}".utf8))
            digest.update(data: asset.bytes)
        }
        hash = Hex.encode(digest.finalize().prefix(8))
        byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
    }

    /// What a module needs, itself and what it imports however far down: a browser told of them fetches all at once.
    func modules(from name: String) -> [String] {
        var found: [String] = []
        var open = [name]
        while let next = open.popLast() {
            guard !found.contains(next), let asset = byName[next] else { continue }
            found.append(next)
            open += imports(of: asset)
        }
        return found
    }

    private func imports(of asset: Asset) -> [String] {
        String(decoding: asset.bytes, as: UTF8.self).split(separator: "\n")
            .filter { $0.hasPrefix("import ") }
            .compactMap { line in line.split(separator: "\"").last { $0.hasPrefix("./") }.map { String($0.dropFirst(2)) } }
    }

    /// - Parameter hash: As the path has it; another build's gives this build's bytes, which are then not to be kept.
    func response(hash: String, name: String) -> Response? {
        guard let asset = byName[name] else { return nil }
        return Response(
            status: .ok,
            headers: [
                .contentType: asset.type,
                // A worker obeys the policy that its own script came with.
                .contentSecurityPolicy: PageAnswer.policy,
                .cacheControl: hash == self.hash ? "public, max-age=31536000, immutable" : "no-store",
            ], body: .init(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }
}
