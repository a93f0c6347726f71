import ColophonCore
import Testing

@Suite struct RunWarningTests {
    @Test func `pages are named in ranges, and not more of them than people read`() {
        #expect(RunWarning(.pagesDamaged, pages: [4]).message == "Page 4 is damaged and empty here.")
        #expect(
            RunWarning(.pagesNotRecognized, pages: [1, 2, 3, 7, 9, 10], reason: "it is off").message
                == "Pages 1-3, 7, 9-10 show images only, and were not read: it is off.")
        let many = RunWarning(.pagesDamaged, pages: (1...100).map { $0 * 2 })
        #expect(many.message.hasSuffix("38, 40 and others are damaged and empty here.") && many.pages.count == 100)
    }
}
