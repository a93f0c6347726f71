import ColophonCore
import ColophonStore

/// A version of the product, usually with one bug planted in it: what the simulator must find to be believed when it finds nothing.
package struct Mutant: Sendable, CustomStringConvertible {
    package var name: String
    /// What is wrong with it.
    package var sentence: String
    /// Within how many seeds of 20 jobs, counted from 1, it must be found.
    package var seedsMax: UInt64 = 40
    var store: @Sendable (any SQLDatabase, Machine) -> any Store = { SQLStore($0, machine: $1) }
    var blobs: @Sendable (any BlobStore) -> any BlobStore = { $0 }
    var limits: @Sendable (Limits) -> Limits = { $0 }
    var policy = RetryPolicy()
    var pollInterval: Duration = .seconds(1)
    /// Whether the database's time is that of whichever process asks.
    var trustsProcessClocks = false

    package var description: String { name }

    /// The product as it is.
    package static let none = Mutant(name: "none", sentence: "no bug is planted")

    /// Every planted bug.
    package static let all: [Mutant] = inStatements + inVerbs + inSurroundings
}
