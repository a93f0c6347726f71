import Foundation
import HTTPTypes
import HummingbirdCore
import Testing

@testable import ColophonServer

@Suite struct AssetTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Sources/ColophonServer/Web/Assets").standardizedFileURL.path

    @Test func `every file of the folder is served, byte for byte`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter { $0 != "package.json" }
        #expect(Set(names) == Set(AssetList.all.map(\.name)) && AssetList.all.count == names.count)
        for asset in AssetList.all {
            #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/\(asset.name)"))) == asset.bytes, "\(asset.name)")
        }
    }

    @Test func `a module is named with all that it imports, so that nothing is found late`() {
        let modules = Assets.shared.modules(from: "list.js")
        #expect(modules.first == "list.js" && Set(modules).count == modules.count)
        for name in ["sync.js", "backoff.js", "stream.js", "dom.js", "queue.js"] { #expect(modules.contains(name)) }
        #expect(!modules.contains("document.js"))
        for asset in AssetList.all where asset.name.hasSuffix(".js") {
            for name in Assets.shared.modules(from: asset.name) { #expect(AssetList.all.contains { $0.name == name }, "\(name)") }
        }
    }

    @Test func `nothing is fetched from elsewhere, and nothing becomes code or markup that was text`() {
        for asset in AssetList.all {
            let text = String(decoding: asset.bytes, as: UTF8.self).replacingOccurrences(of: "http://www.w3.org/2000/svg", with: "")
            for word in ["http://", "https://", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"] {
                #expect(!text.contains(word), "\(asset.name) has \(word)")
            }
        }
    }

    @Test func `a build's own hash is kept for ever, another's is not`() throws {
        let assets = Assets.shared
        let own = try #require(assets.response(hash: assets.hash, name: "list.js"))
        #expect(own.headers[.cacheControl] == "public, max-age=31536000, immutable")
        #expect(own.headers[.contentType] == "text/javascript; charset=utf-8")
        // A worker obeys the policy that its own script came with: it must be let to follow the feed.
        #expect(own.headers[.contentSecurityPolicy]?.contains("connect-src 'self'") == true)
        #expect(try #require(assets.response(hash: "0", name: "list.js")).headers[.cacheControl] == "no-store")
        #expect(assets.response(hash: assets.hash, name: "../Package.swift") == nil)
    }

    @Test func `the hash follows every byte and every name`() {
        func asset(_ name: String, _ text: String) -> Assets.Asset { .init(name: name, type: "text/plain", bytes: Array(text.utf8)) }
        let hashes = [
            [asset("a", "1"), asset("b", "2")], [asset("a", "1"), asset("b", "3")], [asset("a", "1"), asset("c", "2")], [asset("a", "12")],
        ].map { Assets($0).hash }
        #expect(Set(hashes).count == hashes.count)
        #expect(Assets([asset("b", "2"), asset("a", "1")]).hash == hashes[0])
    }
}
