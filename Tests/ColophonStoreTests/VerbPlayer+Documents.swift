import ColophonCore
import ColophonStore
import ColophonTestSupport

/// The verbs of lists and edits.
extension VerbPlayer {
    mutating func playDocuments(_ verb: RandomVerb) async throws -> String {
        let (store, scope) = (open.store, open.scope)
        let document = verb.pick(0, of: documents)
        let some = [document, verb.pick(1, of: documents)].compactMap { $0 } + [DocumentID(rawValue: "doc-unknown")]
        let each = some.enumerated().filter { index, id in some.firstIndex(of: id) == index }.map(\.element)
        func name(_ index: Int) -> String { ["a.pdf", "A.PDF", "b.txt", "a (2).pdf"][Int(verb.numbers[index] % 4)] }
        switch verb.kind {
        case .create:
            let mode = ConflictMode.allCases[Int(verb.numbers[0] % 3)]
            uploads += 1
            let created = try await open.create(
                name(1), "\(verb.numbers[2] % 4)", conflict: mode, tags: verb.numbers[2] % 2 == 0 ? [] : ["T\(verb.numbers[1] % 3)"],
                process: verb.numbers[2] % 5 != 0)
            note(created.row, created: created.created)
            return "\(told(created.row)) \(created.created) \(created.reused?.number ?? 0)"
        case .addVersion:
            guard let document else { return "-" }
            let bytes = open.version("\(verb.numbers[1] % 3)", name: name(2), process: verb.numbers[2] % 5 != 0)
            let outcome = try await store.addVersion(bytes, to: document, in: scope)
            note(outcome.row, created: false)
            return "\(told(outcome.row)) \(outcome.reused?.number ?? 0)"
        case .edit:
            guard let document else { return "-" }
            let metadata = verb.numbers[2] % 2 == 0 ? nil : try DocumentMetadata("{\"n\": \(verb.numbers[2] % 3)}")
            let edit = try DocumentEdit(name: name(1), metadata: metadata, tags: verb.numbers[2] % 3 == 0 ? ["t0", "new"] : nil)
            return told(try await store.edit(document, edit, in: scope))
        case .tag:
            let edit = try TagEdit(add: ["t\(verb.numbers[1] % 4)"], remove: ["t\(verb.numbers[2] % 4)"])
            let outcome = try await store.editTags(of: each, edit, in: scope)
            return outcome.items.map(told).joined(separator: ";") + " \(outcome.notFound)"
        case .restore:
            guard let document else { return "-" }
            return told(try await store.restore(document, in: scope))
        case .deleteSome:
            guard verb.numbers[2] % 3 == 0 else { return "-" }
            let outcome = try await store.deleteDocuments(each, in: scope)
            return "\(outcome.items) \(outcome.notFound)"
        case .startSome:
            // One at a time: jobs that are added at one moment are claimed in any order.
            let outcome = try await store.startRuns(
                of: Array(Set([each[0], each[each.count - 1]])).sorted { $0.rawValue < $1.rawValue }, recipe: OpenStore.recipe,
                in: scope)
            for run in outcome.items { note(run) }
            return outcome.items.map(told).joined(separator: ";") + " \(outcome.notFound)"
        case .listRows:
            let sorts: [SortKey.ID] = [.createdAt, .updatedAt, .activityAt, .lastRunAt, .byteSize]
            let phase = LastRunPhase.allCases[Int(verb.numbers[1] % 5)]
            let query = try DocumentQuery(
                limit: 3, sort: [SortKey(sorts[Int(verb.numbers[0] % 5)], isDescending: verb.numbers[2] % 2 == 0), SortKey(.name)],
                filters: verb.numbers[2] % 3 == 0 ? [] : [DocumentFilter(.lastRunPhase, .isAmong([phase.rawValue], isNegated: false))],
                includeTotal: true, includeFacets: true, lifecycle: verb.numbers[2] % 5 == 0 ? .deleted : .active)
            let listing = try await store.list(query, in: scope)
            // Which of several that are equal in both columns comes first is their ids' affair.
            return
                "\(listing.items.map(told).sorted()) \(listing.total ?? -1) \(String(describing: listing.facets)) \(listing.changesCursor)"
        case .catalogue:
            let sort = TagQuery.Sort.allCases[Int(verb.numbers[0] % 3)]
            return "\(try await store.tags(TagQuery(limit: 2, sort: sort), in: scope).map { "\($0.tag) \($0.documentCount)" })"
        default:
            let versions = try await document.asyncMap { try await store.versions(of: $0, limit: 3, before: nil, in: scope) } ?? []
            let runs = try await store.runs(RunQuery(limit: 100, document: document), in: scope)
            return runs.map(told).sorted().joined(separator: ";") + " \(versions.map { "\($0.number) \($0.sha256)" })"
        }
    }

    private func told(_ row: DocumentRow) -> String {
        "\(row.id) \(row.name) \(row.contentType) \(row.fileType) \(row.byteSize) \(row.versionNumber) \(row.metadata.json) \(row.tags) "
            + "\(row.updatedAt.milliseconds) \(row.activityAt.milliseconds) \(row.lastRunAt?.milliseconds ?? 0) \(row.hasOutput) "
            + "\(row.deletedAt?.milliseconds ?? 0) \(row.deletedBy ?? "-") \(row.lastRun.map(told) ?? "-")"
    }
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncMap<Result: Sendable>(_ body: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let self else { return nil }
        return try await body(self)
    }
}
