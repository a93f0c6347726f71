/// An entry of a workspace's feed; ids are dense and follow commit order.
package struct Change: Sendable, Equatable {
    package var id: Int64
    package var documentID: DocumentID
    package var op: Op
    package var at: Timestamp

    package enum Op: String, Sendable { case upsert, delete }

    package init(id: Int64, documentID: DocumentID, op: Op, at: Timestamp) {
        self.id = id
        self.documentID = documentID
        self.op = op
        self.at = at
    }
}
