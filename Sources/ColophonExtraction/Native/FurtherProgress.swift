import ColophonCore
import Synchronization

/// Passes on only what goes beyond what was told already: a document that is read for the second time begins at its first page again.
final class FurtherProgress: Sendable {
    private let progress: @Sendable (PageProgress) -> Void
    private let told = Mutex(-1)

    init(_ progress: @escaping @Sendable (PageProgress) -> Void) {
        self.progress = progress
    }

    func note(_ page: PageProgress) {
        let isFurther = told.withLock { told in
            guard page.done > told else { return false }
            told = page.done
            return true
        }
        if isFurther { progress(page) }
    }
}
