/// What retention must leave alone, as conditions in SQL: the one place where whatever comes to need bytes says so.
enum Needed {
    /// Over `file_versions`: a run reads its bytes, or is going to.
    static let source = """
        EXISTS (SELECT 1 FROM runs AS active WHERE active.workspace_id = file_versions.workspace_id
            AND active.version_id = file_versions.id AND active.status IN ('uploaded', 'queued', 'processing'))
        """

    /// Over `runs`: a recorded duplicate serves its results.
    static let results = results(unless: "duplicates.expired_at IS NOT NULL")

    /// As `results` once the duplicates that are due are gone, which no longer need anything then.
    static let resultsInTheEnd = results(
        unless: "(duplicates.expired_at IS NOT NULL OR coalesce(duplicates.expires_at, \(Int64.max)) <= colophon_now())")

    private static func results(unless condition: String) -> String {
        """
        EXISTS (SELECT 1 FROM runs AS duplicates WHERE duplicates.workspace_id = runs.workspace_id
            AND duplicates.duplicate_of = runs.id AND NOT \(condition))
        """
    }
}
