import HTTPTypes
import Synchronization

/// Headers that a request's answer is to carry whatever becomes of it, an error's answer too.
final class AnswerHeaders: Sendable {
    private let fields = Mutex<HTTPFields>([:])

    var all: HTTPFields { fields.withLock { $0 } }

    /// Sets some, in the place of those with the same names.
    func set(_ new: HTTPFields) {
        fields.withLock { fields in
            for field in new { fields[field.name] = field.value }
        }
    }
}
