import ColophonCore
import Testing

@Suite struct JobPriorityTests {
    let due = Timestamp(milliseconds: 1_800_000_000_000)

    @Test(arguments: JobPriority.allCases)
    func `a place never comes before the due time`(priority: JobPriority) {
        #expect(priority.place(ofDue: due) >= due)
    }

    @Test func `the more urgent of two that are due at once comes first`() {
        #expect(JobPriority.urgent.place(ofDue: due) < JobPriority.normal.place(ofDue: due))
        #expect(JobPriority.normal.place(ofDue: due) < JobPriority.bulk.place(ofDue: due))
    }

    @Test func `what has waited longer than the longest delay is overtaken by nothing`() throws {
        let longest = try #require(JobPriority.allCases.map(\.delay).max())
        let arrival = due + longest + .milliseconds(1)
        #expect(JobPriority.allCases.allSatisfy { $0.place(ofDue: arrival) > JobPriority.bulk.place(ofDue: due) })
    }
}
