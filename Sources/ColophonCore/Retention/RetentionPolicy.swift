/// How long a workspace keeps bytes. Nil keeps them for ever, which is what a workspace does unless it is told otherwise.
package struct RetentionPolicy: Sendable, Equatable {
    /// A document's bytes, from when they were last uploaded.
    package var sources: Duration?
    /// A run's results, from when it completed or was last the answer to an equal upload.
    package var results: Duration?
    /// A run's results, from when one of them was first sent whole: time for the receiver to notice that something went wrong after all.
    package var afterDownload: Duration?

    package init(sources: Duration? = nil, results: Duration? = nil, afterDownload: Duration? = nil) {
        self.sources = sources
        self.results = results
        self.afterDownload = afterDownload
    }
}
