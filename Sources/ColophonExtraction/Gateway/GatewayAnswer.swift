import ColophonCore
import ColophonFormats
import FoundationEssentials

/// A gateway has too much to do, or is being looked after: no fault of what was sent.
struct GatewayBusy: Error {
    /// What it is for who does not wait; with when to come back.
    var failure: RunFailure
}

/// What a gateway's answer means for the run that asked.
enum GatewayAnswer {
    /// As much of a refusal as is read.
    static let refusalBytesMax = 64 << 10

    /// - Parameters:
    ///   - body: Of a success whole, of anything else as much as was read.
    ///   - retryAfter: What the answer says of it, in seconds.
    /// - Returns: XML that is well formed.
    /// - Throws: `RunFailure`, and `GatewayBusy` where it has too much to do.
    static func xml(status: Int, body: [UInt8], retryAfter: Int? = nil, retryPause: Duration) throws -> [UInt8] {
        let pause = max(retryPause, .seconds(min(max(retryAfter ?? 0, 0), 3600)))
        switch status {
        case 200:
            guard isWellFormed(body) else {
                throw RunFailure(.gatewayFailed, "The gateway answered with what is no XML.", retryAfter: pause)
            }
            return body
        case 413: throw RunFailure(.tooLarge, "The file is larger than the gateway takes.")
        case 422: throw RunFailure(.validationError, told(in: body) ?? "The gateway cannot turn what the document says into XML.")
        case 408, 425, 429, 503:
            throw GatewayBusy(failure: RunFailure(.gatewayFailed, "The gateway is busy (\(status)).", retryAfter: pause))
        case 400..<500:
            throw RunFailure(.gatewayRefused, "The gateway refused this (\(status))\(told(in: body).map { ": \($0)" } ?? ".")")
        case 300..<400:
            throw RunFailure(
                .gatewayFailed, "The gateway sends its callers elsewhere (\(status)), which is not followed.", retryAfter: pause)
        default: throw RunFailure(.gatewayFailed, "The gateway failed (\(status)).", retryAfter: pause)
        }
    }

    /// Nothing in it expands, and nothing outside of it is read.
    private static func isWellFormed(_ body: [UInt8]) -> Bool {
        do {
            var parser = try XMLPullParser(body)
            while try parser.next() != nil {}
            return true
        } catch {
            return false
        }
    }

    private struct Refusal: Decodable {
        struct Inner: Decodable { var message: String? }
        var error: Inner?
        var message: String?
        var detail: String?
    }

    /// The sentence that a refusal's body has for people; nil where it has none that is known.
    private static func told(in body: [UInt8]) -> String? {
        guard let refusal = try? JSONDecoder().decode(Refusal.self, from: Data(body)) else { return nil }
        let text = refusal.error?.message ?? refusal.message ?? refusal.detail
        return text.flatMap { text in
            let plain = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
            return plain.isEmpty ? nil : String(plain.prefix(RunFailure.messageCharactersMax - 60))
        }
    }
}
