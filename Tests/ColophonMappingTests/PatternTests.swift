import Testing

@testable import ColophonMapping

@Suite struct PatternTests {
    private func match(_ pattern: String, _ text: String) throws -> String? {
        let scalars = Array(text.unicodeScalars)
        return try Pattern(pattern).firstMatch(in: text).map { String(String.UnicodeScalarView(scalars[$0])) }
    }

    @Test(
        arguments: [
            ("b+", "aabbb", "bbb"), ("^a|b$", "cab", "b"), ("[A-Z]{3}", "in USD 4", "USD"), ("no ([0-9]+)", "Invoice no 42.", "42"),
            ("(?i)INVOICE", "an Invoice", "Invoice"), ("a*?b", "aab", "aab"), ("\\bcat\\b", "concat cat", "cat"),
            ("[^a-c]+", "abcxyz", "xyz"),
            ("x?", "y", ""), ("(?:ab)+c", "ababc", "ababc"), ("\\d{2,3}", "1234", "123"), ("\\$ ?\\d", "US$ 5", "$ 5"), ("a|ab", "ab", "a"),
            ("(a)|(b)", "b", "b"), ("[\\d.-]+", "1-2.3", "1-2.3"), ("é+", "caféé", "éé"),
        ])
    func `the first match from the left is found, the better way first`(pattern: String, text: String, found: String) throws {
        #expect(try match(pattern, text) == found)
    }

    @Test func `a text that does not match has no match, and a whole match leaves nothing`() throws {
        #expect(try match("[0-9]", "none") == nil)
        #expect(try Pattern("[0-9]{2}").matchesWhole("12") && !Pattern("[0-9]{2}").matchesWhole("123"))
        #expect(try Pattern("a|ab").matchesWhole("ab"))
    }

    @Test(arguments: ["", "(", ")", "[a", "a{2", "a{9999}", "*", "(?=a)", "\\q", "[z-a]", "((a{200}){200}){200}", "a**+"])
    func `what is no pattern is refused`(pattern: String) {
        #expect(throws: PatternError.self) { _ = try Pattern(pattern) }
    }

    /// Where patterns backtrack this takes longer than the universe has been there.
    @Test func `a pattern that would backtrack for ever answers at once`() throws {
        #expect(try !Pattern("(a+)+b").matchesWhole(String(repeating: "a", count: 400)))
        #expect(try match("(a|aa)+$", String(repeating: "a", count: 400) + "b") == nil)
        // What is cut off has no end.
        #expect(try match("a+$", String(repeating: "a", count: 1500)) == nil)
    }
}
