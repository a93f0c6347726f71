import Foundation

/// How a process ended.
enum ChildStatus: Equatable, CustomStringConvertible {
    case exited(Int32)
    case signaled(Int32)

    /// - Parameter status: What `waitpid(2)` gives.
    init(_ status: Int32) {
        self = status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signaled(status & 0x7F)
    }

    var description: String {
        switch self {
        case .exited(let code): "exited(\(code))"
        case .signaled(let signal): "signaled(\(signal))"
        }
    }
}
