import ColophonCore
import Testing

@Suite struct JobPriorityTests {
    let ready = Timestamp(milliseconds: 1_800_000_000_000)

    @Test(arguments: JobPriority.allCases)
    func `no job waits for its priority`(priority: JobPriority) {
        #expect(priority.due(from: ready) <= ready)
    }

    @Test func `the more urgent of two that are ready at once is due first`() {
        #expect(JobPriority.urgent.due(from: ready) < JobPriority.normal.due(from: ready))
        #expect(JobPriority.normal.due(from: ready) < JobPriority.bulk.due(from: ready))
    }

    @Test func `what has waited longer than the longest head start is overtaken by nothing`() {
        let longest = JobPriority.allCases.map(\.headStart).max()!
        let old = JobPriority.bulk.due(from: ready)
        let arrival = ready + longest + .milliseconds(1)
        #expect(JobPriority.allCases.allSatisfy { $0.due(from: arrival) > old })
    }
}
