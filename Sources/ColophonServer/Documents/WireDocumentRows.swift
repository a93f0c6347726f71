import ColophonAPI
import ColophonCore
import FoundationEssentials

/// Core's words in the API's.
extension DocumentOut {
    init(_ row: DocumentRow) throws {
        self.init(
            id: row.id.rawValue, workspaceId: row.workspace.rawValue, name: row.name, contentType: row.contentType,
            fileType: row.fileType.rawValue, byteSize: row.byteSize, currentVersionNo: row.versionNumber,
            metadata: try Self.members(of: row.metadata), source: row.source.rawValue, activityAt: row.activityAt.text,
            createdAt: row.createdAt.text, updatedAt: row.updatedAt.text, deletedAt: row.deletedAt?.text, deletedBy: row.deletedBy,
            tags: row.tags, uploader: row.uploader.id.isEmpty ? nil : Uploader(id: row.uploader.id, name: row.uploader.name),
            lastRun: row.lastRun.map { LastRun($0) }, currentRunId: row.currentRunID?.rawValue, hasOutput: row.hasOutput)
    }

    private static func members(of metadata: DocumentMetadata) throws -> [String: JSONValue] {
        if metadata == .empty { return [:] }
        guard case .object(let members) = PlainJSON(metadata.json.utf8) else {
            throw ColophonError(.internal, "Stored metadata cannot be read.")
        }
        return members.mapValues(JSONValue.init)
    }
}

extension DocumentOut.LastRun {
    fileprivate init(_ run: Run) {
        let error = RunError(run)
        self.init(
            id: run.id.rawValue, number: run.number, status: RunWords(status: run.status, step: run.step).lastRun, step: run.step.rawValue,
            createdAt: run.createdAt.text, startedAt: run.startedAt?.text, completedAt: run.endedAt?.text, errorCode: error?.code,
            errorMessage: error?.message, pagesCompleted: run.pagesDone, pagesTotal: run.pagesTotal)
    }
}

extension DocumentListOut {
    init(_ listing: DocumentListing, limit: Int) throws {
        self.init(
            items: try listing.items.map { try DocumentOut($0) },
            meta: Meta(
                limit: limit, hasMore: listing.hasMore, nextCursor: listing.nextCursor, totalIncluded: listing.total != nil,
                totalCount: listing.total, changesCursor: String(listing.changesCursor)),
            facets: listing.facets.map { facets in
                [
                    "lastRunPhase": facets.lastRunPhase, "fileType": facets.fileType, "tags": facets.tags, "source": facets.source,
                    "uploaderId": facets.uploaderId,
                ].mapValues { $0.map { FacetValue(value: $0.value, count: $0.count) } }
            })
    }
}

extension VersionOut {
    init(_ version: DocumentVersion) {
        self.init(
            id: version.id.rawValue, versionNo: version.number, byteSize: version.bytes, contentType: version.contentType,
            sha256: version.sha256, name: version.originalName, createdAt: version.createdAt.text, expiredAt: version.expiredAt?.text)
    }
}
