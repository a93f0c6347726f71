package import ColophonCore

/// Something that is not as it should be, and what became of it.
package struct FsckFinding: Sendable, Equatable {
    /// Which kind of thing it is: a word of `LedgerFault.Kind` or `BlobKind`.
    package var code: String
    package var workspace: WorkspaceID?
    package var document: DocumentID?
    package var run: RunID?
    package var blob: String?
    /// What is wrong, to follow its subject and a colon.
    package var message: String
    package var outcome: Outcome

    package enum BlobKind: String, CaseIterable, Sendable {
        /// A row promises bytes that are not there.
        case missing = "blob_missing"
        /// The bytes are not those that were stored.
        case damaged = "blob_damaged"
        /// The store cannot read them.
        case unreadable = "blob_unreadable"
        /// No row refers to them, and they are too old for a row that is still to come.
        case stray = "blob_stray"
    }

    package enum Outcome: Sendable, Equatable {
        /// `repair` would put it right.
        case repairable
        /// What was done about it, as a sentence's second half.
        case repaired(String)
        /// What somebody has to do about it.
        case needs(String)
    }

    package init(
        code: String, workspace: WorkspaceID? = nil, document: DocumentID? = nil, run: RunID? = nil, blob: String? = nil, message: String,
        outcome: Outcome
    ) {
        self.code = code
        self.workspace = workspace
        self.document = document
        self.run = run
        self.blob = blob
        self.message = message
        self.outcome = outcome
    }

    init(_ fault: LedgerFault, _ outcome: Outcome) {
        self.init(
            code: fault.kind.rawValue, workspace: fault.workspace, document: fault.document, run: fault.run, message: fault.message,
            outcome: outcome)
    }

    init(_ kind: BlobKind, of blob: PromisedBlob, message: String, outcome: Outcome) {
        self.init(
            code: kind.rawValue, workspace: blob.workspace, document: blob.document, run: blob.run, blob: blob.key, message: message,
            outcome: outcome)
    }

    /// What it is about, for a person.
    package var subject: String {
        if let run, let document { return "Run \(run) of document \(document)" }
        if let document { return "Document \(document)" }
        if let blob { return "Blob \(blob)" }
        return workspace.map { "Workspace \($0)" } ?? "The database"
    }
}

/// What a check has looked at and found.
package struct FsckReport: Sendable, Equatable {
    /// The most findings that are kept; all are counted, and each is told when it is found.
    package static let findingsMax = 10_000

    package var documents = 0
    package var blobs = 0
    /// Of the blobs that were looked at, in bytes.
    package var bytes: Int64 = 0
    /// Blobs that no row refers to yet, too young to judge.
    package var youngBlobs = 0
    package var repaired = 0
    /// Findings that are left: nobody asked for a repair, or there is none.
    package var left = 0
    package var findings: [FsckFinding] = []

    mutating func add(_ finding: FsckFinding) {
        if case .repaired = finding.outcome { repaired += 1 } else { left += 1 }
        if findings.count < Self.findingsMax { findings.append(finding) }
    }
}
