import CSandbox

/// The end of a child that needs more memory than it may have. Allocations do not throw in Swift: the process crashes, and whoever started it
/// could not tell that from a document that means harm.
package enum OutOfMemory {
    /// The code of the run that ends so.
    package static let code = "OUT_OF_MEMORY"

    /// From now on the end for want of memory is the child's answer. To be called in the sandbox, before the document is looked at.
    package static func becomesAnswer() {
        let words = ChildFrame.failure(code: code, message: "").bytes
        let kept = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: words.count)
        _ = kept.initialize(from: words)
        // Where it cannot be had, such a reader is lost like one that crashed for another reason.
        _ = colophon_when_out_of_memory(kept.baseAddress, kept.count)
    }

    /// Says that up to here there was enough, whatever was done without: a crash from now on is judged by itself.
    package static func hasNotCome() { colophon_memory_was_enough() }
}
