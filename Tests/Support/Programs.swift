import Foundation

/// The programs under test: they lie beside the test bundle.
package enum Programs {
    package static let folder: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return (own as NSString).deletingLastPathComponent
    }()

    package static let colophon = "\(folder)/colophon"
    package static let child = "\(folder)/colophon-extract"
    package static let hostile = "\(folder)/colophon-hostile"
    package static let simulation = "\(folder)/colophon-sim"
    package static let chaos = "\(folder)/colophon-chaos"
    package static let bench = "\(folder)/colophon-bench"
}
