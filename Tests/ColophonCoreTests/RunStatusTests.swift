import ColophonCore
import Testing

@Suite struct RunStatusTests {
    /// The whole table, as users are told it.
    static let transitions: [RunStatus: Set<RunStatus>] = [
        .uploaded: [.queued, .cancelled], .queued: [.processing, .failed, .cancelled],
        .processing: [.complete, .failed, .queued, .cancelled], .failed: [.queued], .complete: [], .cancelled: [],
    ]

    @Test(arguments: RunStatus.allCases)
    func `a status leads to these and to nothing else`(status: RunStatus) {
        #expect(status.successors == Self.transitions[status])
    }

    @Test func `what ends a run is terminal, and only a person leads out of it`() {
        #expect(RunStatus.allCases.filter(\.isTerminal) == [.complete, .failed, .cancelled])
        #expect(RunStatus.allCases.filter { $0.isTerminal && !$0.successors.isEmpty } == [.failed])
    }

    @Test(
        arguments: [
            (RunStatus.uploaded, RunStep.queued, "idle", nil), (.queued, .queued, "uploading", "queued"),
            (.processing, .parsing, "parsing", "running"), (.processing, .storing, "parsing", "running"),
            (.processing, .chunking, "hydrating", "running"), (.complete, .done, "complete", "succeeded"),
            (.failed, .parsing, "error", "failed"), (.cancelled, .parsing, "error", "cancelled"),
        ] as [(RunStatus, RunStep, String, String?)])
    func `each client's word for a state is the table's`(status: RunStatus, step: RunStep, phase: String, lastRun: String?) {
        let words = RunWords(status: status, step: step)
        #expect(words.phase.rawValue == phase && words.lastRun == lastRun)
    }

    @Test(arguments: RunFailure.Code.allCases)
    func `every failure has a sentence that a person understands`(code: RunFailure.Code) {
        #expect(code.sentence.hasSuffix(".") && code.sentence.count > 20 && RunFailure(code).message == code.sentence)
    }

    @Test func `a failure's message is bounded`() {
        #expect(RunFailure(.parseFailed, String(repeating: "x", count: 100_000)).message.count == RunFailure.messageCharactersMax)
    }
}
