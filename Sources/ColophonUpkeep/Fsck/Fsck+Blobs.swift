import ColophonCore

extension Fsck {
    /// Looks whether the bytes are there that documents' rows promise.
    func checkBlobs(of documents: [DocumentKey], _ report: inout FsckReport) async throws {
        let promised = try await store.promisedBlobs(of: documents)
        report.blobs += promised.count
        report.bytes += promised.reduce(0) { $0 + $1.bytes }
        let faults = try await faults(of: promised)
        if faults.isEmpty { return }
        let sources = promised.filter { $0.run == nil && faults[$0] == nil }
        let intact = Set(sources.map(\.version))
        if options.repairs {
            // Whose results are gone must not be the answer to those who upload the same.
            for blob in faults.keys { if let run = blob.run { _ = try await store.stopAnswering(with: run, in: blob.workspace) } }
        }
        for (blob, fault) in faults.sorted(by: { $0.key.key < $1.key.key }) {
            tell(finding(blob, fault, sourceIsIntact: intact.contains(blob.version)), &report)
        }
    }

    private func faults(of promised: [PromisedBlob]) async throws -> [PromisedBlob: BlobProof.Fault] {
        try await withThrowingTaskGroup(of: (PromisedBlob, BlobProof.Fault?).self) { group in
            var faults: [PromisedBlob: BlobProof.Fault] = [:]
            var waiting = promised[...]
            for blob in waiting.prefix(Self.readsAtOnce) { group.addTask { (blob, try await confirmedFault(of: blob)) } }
            waiting = waiting.dropFirst(Self.readsAtOnce)
            while let (blob, fault) = try await group.next() {
                faults[blob] = fault
                if let next = waiting.popFirst() { group.addTask { (next, try await confirmedFault(of: next)) } }
            }
            return faults
        }
    }

    /// A fault that is found twice, of bytes that a row still promises: they may have expired meanwhile.
    private func confirmedFault(of blob: PromisedBlob) async throws -> BlobProof.Fault? {
        let proof = BlobProof(blobs: blobs, hashes: options.hashes)
        guard try await proof.fault(of: blob) != nil, try await !store.promised(among: [blob.key]).isEmpty else { return nil }
        return try await proof.fault(of: blob)
    }

    private func finding(_ blob: PromisedBlob, _ fault: BlobProof.Fault, sourceIsIntact: Bool) -> FsckFinding {
        let answers =
            options.repairs
            ? "Equal uploads are processed from now on." : "With --repair equal uploads are processed, not answered with it."
        let what = blob.run == nil ? "its uploaded bytes are" : "its result \(blob.key.split(separator: "/").last ?? "") is"
        let remedy =
            if blob.run == nil {
                "Upload the file to document \(blob.document) again; results that are stored stay."
            } else if sourceIsIntact {
                "Have the document read anew: colophon runs reparse \(blob.document). This run's result stays lost. \(answers)"
            } else {
                "Upload the file to document \(blob.document) again: neither this result nor the bytes that it was made from are there. \(answers)"
            }
        let (kind, how) = fault.words
        return FsckFinding(kind, of: blob, message: "\(what) \(how)", outcome: .needs(remedy))
    }

    /// Looks for bytes that no row refers to; young ones may belong to a transaction that is still to come.
    func checkStrays(_ report: inout FsckReport) async throws {
        let all = StrayBlobs()
        try await blobs.list(writtenBefore: Timestamp(milliseconds: .max), batch: Self.blobsPerLook) { keys in
            all.add(count: try await store.unreferenced(keys).count)
        }
        if all.count == 0 { return }
        let holdsDocuments = try await store.holdsDocuments()
        let old = StrayBlobs()
        try await blobs.list(writtenBefore: clock.now() - limits.leftoverAge, batch: Self.blobsPerLook) { keys in
            for key in try await store.unreferenced(keys).sorted(by: { $0.rawValue < $1.rawValue }) {
                let outcome = try await outcome(ofStray: key, holdsDocuments: holdsDocuments)
                let code = FsckFinding.BlobKind.stray.rawValue
                old.add(FsckFinding(code: code, blob: key.rawValue, message: "no row refers to it", outcome: outcome))
            }
        }
        report.youngBlobs = max(0, all.count - old.count)
        for finding in old.findings { tell(finding, &report) }
        // Those that were not kept are counted all the same.
        report.repaired += old.untold.repaired
        report.left += old.untold.left
    }

    /// Removes a stray, if it may be.
    private func outcome(ofStray key: BlobKey, holdsDocuments: Bool) async throws -> FsckFinding.Outcome {
        // Where no row tells of any document, it is far likelier that this is not the bytes' ledger.
        guard holdsDocuments else {
            return .needs(
                "The ledger has never held a document, so nothing is removed: check that it is the one which these bytes belong to.")
        }
        guard options.repairs else { return .repairable }
        do {
            try await blobs.delete(key)
            return .repaired("was removed")
        } catch {
            try Task.checkCancellation()
            // One that cannot be removed must not keep all behind it; a store that takes nothing at all is not asked blob by blob.
            try await blobs.check()
            return .needs("It could not be removed: \((error as? ColophonError)?.message ?? "\(error)")")
        }
    }

    static let blobsPerLook = 500
}
