import ColophonCore
import ColophonStore
import ColophonTestSupport

/// The bare queue's verbs.
extension VerbPlayer {
    mutating func playBare(_ verb: RandomVerb) async throws -> String {
        let (queue, worker) = (SQLStore(open.database), WorkerID(rawValue: "bare"))
        let claim = verb.pick(0, of: bareClaims)
        switch verb.kind {
        case .enqueue:
            uploads += 1
            let workspace = (verb.numbers[0] % 3 == 0 ? open.stranger : open.scope).workspace
            // Now and then one that is there already.
            let name = "\(verb.numbers[1] % 4 == 0 ? 0 : uploads)"
            let job = NewJob(
                workspace: workspace, id: .make(), type: "bare", envelope: "\(workspace) \(name)", idempotencyKey: name,
                priority: verb.numbers[2] % 2 == 0 ? .normal : .urgent)
            return "\(try await queue.enqueue([job]))"
        case .claimBare:
            let limit = Int(verb.numbers[0] % 3) + 1
            let jobs = try await queue.claim("bare", limit: limit, for: worker, lease: .seconds(5))
            bareClaims += jobs.map(\.claim)
            return jobs.map { "\($0.envelope) \($0.claim.epoch) \($0.dueAt)" }.joined(separator: ";")
        case .extendBare: return "\(try await queue.extend(claim.map { [$0] } ?? [], lease: .seconds(9)).count)"
        case .finishBare: return "\(try await queue.finish(claim.map { [$0] } ?? []).count)"
        default:
            guard let claim else { return "-" }
            return "\(try await queue.putBack(claim, after: .milliseconds(Int64(verb.numbers[1] % 9000))))"
        }
    }
}
