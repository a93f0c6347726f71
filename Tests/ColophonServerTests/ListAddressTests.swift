import Testing

@testable import ColophonServer

@Suite struct ListAddressTests {
    private func address(_ values: [String: String]) -> ListAddress { ListAddress { values[$0] } }

    @Test func `an address comes back as it went, without what is usual`() {
        let values = ["q": "a & b", "status": "failed", "type": "pdf", "tag": "to check", "sort": "name", "cursor": "abc"]
        #expect(address(values).query == "?q=a%20%26%20b&status=failed&type=pdf&tag=to%20check&sort=name&cursor=abc")
        #expect(address([:]).query.isEmpty && address(["sort": "-createdAt"]).query.isEmpty)
    }

    @Test func `what is not known is left out`() {
        #expect(address(["status": "odd", "type": "<b>", "sort": "secret", "cursor": ""]) == ListAddress())
        #expect(address(["q": String(repeating: "x", count: 900)]).q.count == 200)
    }

    @Test func `a column is sorted its natural way first, then the other way round, from the first page`() {
        var address = ListAddress()
        address.cursor = "c"
        #expect(address.sorted(by: "name").sort == "name" && address.sorted(by: "name").cursor == nil)
        #expect(address.sorted(by: "name").sorted(by: "name").sort == "-name")
        #expect(address.sorted(by: "byteSize").sort == "-byteSize")
        #expect(address.sorted(by: "createdAt").sort == "createdAt")
    }

    @Test func `a form's plus signs are spaces, and its signs that mean plus are plus`() {
        #expect(FormQuery.values("q=a+b%2Bc%20d&tag=&q=other&odd&bad=%F") == ["q": "a b+c d", "tag": "", "odd": "", "bad": "%F"])
        #expect(FormQuery.values(nil).isEmpty)
    }
}
