import ArgumentParser
import ColophonCore
import ColophonExtraction
import ColophonMapping
import ColophonPipeline
import Foundation

/// Whether a gateway turns documents into XML, instead of this process.
struct GatewayOptions: ParsableArguments {
    @Option(help: "A gateway that maps, http://HOST:PORT (COLOPHON_GATEWAY; default: mapped here). Its token: COLOPHON_GATEWAY_TOKEN.")
    var gateway: String?

    @Option(help: "How long the gateway may take for a document, in seconds (COLOPHON_GATEWAY_TIMEOUT; default 180).")
    var gatewayTimeout: Int?

    @Option(help: "The gateway's mappings, name,name (COLOPHON_GATEWAY_MAPPINGS; default: those at hand here).")
    var gatewayMappings: String?

    @Flag(help: "Fail runs at once while the gateway is away, instead of holding the queue (COLOPHON_GATEWAY_FAIL_FAST=1).")
    var gatewayFailFast = false

    private static let environment = ProcessInfo.processInfo.environment
    /// What a gateway asks of its callers.
    static let token = environment["COLOPHON_GATEWAY_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }

    /// - Returns: Nil where none is set.
    func settings() throws -> GatewaySettings? {
        guard let address = gateway ?? Self.environment["COLOPHON_GATEWAY"], !address.isEmpty else { return nil }
        var settings: GatewaySettings
        do { settings = try GatewaySettings(address: address) } catch let error as ColophonError { throw ValidationError(error.message) }
        settings.token = Self.token
        settings.failsFast = gatewayFailFast || Self.environment["COLOPHON_GATEWAY_FAIL_FAST"] == "1"
        if let seconds = gatewayTimeout ?? Self.environment["COLOPHON_GATEWAY_TIMEOUT"].map({ Int($0) ?? 0 }) {
            guard (1...3600).contains(seconds) else {
                throw ValidationError("--gateway-timeout (COLOPHON_GATEWAY_TIMEOUT) must be from 1 to 3600.")
            }
            settings.timeout = .seconds(seconds)
        }
        return settings
    }

    /// What clients may choose among: an unknown mapping is never sent on.
    func offered(by mappings: MappingLibrary) throws -> [MappingSummary] {
        guard let list = gatewayMappings ?? Self.environment["COLOPHON_GATEWAY_MAPPINGS"], try settings() != nil else {
            return mappings.summaries
        }
        let names = list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        guard (1...1000).contains(names.count), Set(names).count == names.count, names.allSatisfy({ $0.utf8.count <= 64 }) else {
            throw ExitStatusError(.usage, "COLOPHON_GATEWAY_MAPPINGS names mappings, each once, with commas between them.")
        }
        return names.sorted().map { name in
            mappings.summaries.first { $0.name == name } ?? MappingSummary(name: name, title: name, summary: "A mapping of the gateway.")
        }
    }
}

extension Library {
    /// The same with what is offered, and with runs recorded as a gateway's where there is one.
    func mapping(by gateway: GatewaySettings?, _ offered: [MappingSummary]) -> Library {
        let usual = offered.first { $0.name == MappingCatalogue.usualName } ?? offered.first
        let library = offering(offered, usual: usual?.name ?? MappingCatalogue.usualName)
        return gateway == nil ? library : library.making(GatewayExtractor.recipe(over: recipe))
    }
}
