import Testing

@testable import ColophonServer

@Suite struct HeaderTests {
    @Test(arguments: [
        ("a.pdf", "attachment; filename=\"a.pdf\"; filename*=UTF-8''a.pdf"),
        ("a\"b.pdf", "attachment; filename=\"a_b.pdf\"; filename*=UTF-8''a%22b.pdf"),
        ("../a\\b.pdf", "attachment; filename=\".._a_b.pdf\"; filename*=UTF-8''.._a_b.pdf"),
        ("é\r\nX: y", "attachment; filename=\"___X: y\"; filename*=UTF-8''%C3%A9%0D%0AX%3A%20y"),
        ("100%.pdf", "attachment; filename=\"100_.pdf\"; filename*=UTF-8''100%25.pdf"),
    ])
    func `a name is sent so that it can end no header`(name: String, header: String) {
        #expect(Disposition.attachment.named(name) == header)
    }

    @Test(arguments: [
        ("a.pdf", "a.pdf"), ("%C3%A9.pdf", "é.pdf"), ("100%.pdf", "100%.pdf"), ("%", "%"), ("%4", "%4"), ("%FF", "%FF"), ("a+b", "a+b"),
    ])
    func `a sent name is decoded where it is an encoding`(sent: String, name: String) {
        #expect(FileName.decoded(sent) == name)
    }

    @Test func `a request's id is the client's only if it is plain`() {
        #expect(AnswerMiddleware.requestID(sent: "abc-1.2:3_X") == "abc-1.2:3_X")
        for sent in [nil, "", "a b", "a\nb", "ä", String(repeating: "a", count: 129)] {
            let made = AnswerMiddleware.requestID(sent: sent)
            #expect(made.hasPrefix("req_") && made.count == 36)
        }
    }
}
