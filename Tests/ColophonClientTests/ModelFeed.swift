import ColophonAPI
import ColophonClient
import ColophonSamples

/// A workspace's feed as a list in memory: what a client's replica of it is measured against.
struct ModelFeed {
    /// The change of number n is at n - 1.
    private(set) var log: [FeedEntry] = []
    private(set) var live: Set<String> = []
    /// The earliest change that is kept; 0 before there was any.
    private(set) var floor: Int64 = 0

    var head: Int64 { Int64(log.count) }
    var position: ChangePosition { ChangePosition(head) }

    func accepts(_ position: ChangePosition) -> Bool { floor <= position.number && position.number <= head }

    mutating func change(using random: inout SplitMix64) {
        let document = "doc-\(Int.random(in: 1...9, using: &random))"
        let isDeletion = live.contains(document) && Int.random(in: 0..<4, using: &random) == 0
        if isDeletion { live.remove(document) } else { live.insert(document) }
        log.append(FeedEntry(number: ChangePosition(head + 1), documentId: document, isDeletion: isDeletion))
        if floor == 0 { floor = 1 }
    }

    mutating func trim(to number: Int64) { floor = min(max(floor, number), head) }

    func entry(_ number: Int64) -> FeedEntry { log[Int(number) - 1] }

    func delta(since: ChangePosition, limit: Int) -> DeltaOut {
        let rows = log.dropFirst(Int(since.number)).prefix(limit)
        return DeltaOut(
            changes: rows.map { ChangeOut(id: "\($0.number)", documentId: $0.documentId, op: $0.isDeletion ? "delete" : "upsert") },
            nextSince: "\(rows.last?.number ?? since)", hasMore: since.number + Int64(rows.count) < head)
    }

    func page(after cursor: String?, limit: Int) -> (documents: [DocumentOut], next: String?) {
        let rest = live.sorted().filter { $0 > cursor ?? "" }
        return (rest.prefix(limit).map(Self.document), rest.count > limit ? rest[limit - 1] : nil)
    }

    static func document(_ id: String) -> DocumentOut {
        DocumentOut(
            id: id, workspaceId: "w", name: "\(id).pdf", contentType: "application/pdf", fileType: "pdf", byteSize: 1, currentVersionNo: 1,
            metadata: [:], source: "uploaded", activityAt: "2026-11-21T00:00:00.000Z", createdAt: "2026-11-21T00:00:00.000Z",
            updatedAt: "2026-11-21T00:00:00.000Z", deletedAt: nil, deletedBy: nil, tags: [], uploader: nil, lastRun: nil,
            currentRunId: nil, hasOutput: false)
    }
}

/// What a client makes of the changes it is given; remembers what they broke.
struct Replica {
    private(set) var documents: Set<String> = []
    private(set) var position: ChangePosition?
    private(set) var breaches: [String] = []
    private(set) var resyncs = 0
    private(set) var changes = 0
    private var inSnapshot = false
    private var needsSnapshot: Bool

    init(since: ChangePosition?) {
        position = since
        needsSnapshot = since == nil
    }

    mutating func take(_ change: WorkspaceChange, of feed: ModelFeed) {
        switch change {
        case .resync:
            if inSnapshot { breaches.append("a resync within a snapshot") }
            resyncs += 1
            needsSnapshot = true
        case .snapshot(let page):
            if page.isFirst == inSnapshot { breaches.append("a snapshot that begins at the wrong place") }
            if page.isFirst && !needsSnapshot { breaches.append("a snapshot that nothing asked for") }
            if page.isFirst { documents = [] }
            documents.formUnion(page.documents.map(\.id))
            inSnapshot = !page.isLast
            if page.isLast { (position, needsSnapshot) = (page.position, false) }
        case .upsert(let document, let number): follow(document, number, isDeletion: false, feed)
        case .delete(let document, let number): follow(document, number, isDeletion: true, feed)
        }
    }

    private mutating func follow(_ document: String, _ number: ChangePosition, isDeletion: Bool, _ feed: ModelFeed) {
        if needsSnapshot || inSnapshot { breaches.append("change \(number) without a snapshot before it") }
        if number.number != (position?.number ?? -1) + 1 { breaches.append("change \(number) after \(position?.description ?? "nothing")") }
        if number.number > feed.head || feed.entry(number.number) != FeedEntry(number: number, documentId: document, isDeletion: isDeletion)
        {
            breaches.append("change \(number) is another in the feed")
        }
        position = number
        changes += 1
        // A client reads the document anew, and finds it as it is now.
        if !isDeletion && feed.live.contains(document) { documents.insert(document) } else { documents.remove(document) }
    }
}
