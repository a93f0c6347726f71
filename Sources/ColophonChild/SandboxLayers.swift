import CSandbox

/// What keeps a reader of strangers' documents in, layer by layer.
package struct SandboxLayers: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    private init(_ layer: Int) { rawValue = UInt32(layer) }

    /// A network, mounts and message queues apart from the machine's, in which nothing is.
    package static let namespaces = SandboxLayers(COLOPHON_LAYER_NAMESPACES)
    /// A user of its own, where the parent is root.
    package static let identity = SandboxLayers(COLOPHON_LAYER_IDENTITY)
    /// No file may be opened, no TCP connection made, no process outside signalled, as far as the kernel's Landlock knows how.
    package static let landlock = SandboxLayers(COLOPHON_LAYER_LANDLOCK)
    /// Memory, processor time, file sizes, processes, descriptors.
    package static let limits = SandboxLayers(COLOPHON_LAYER_LIMITS)
    /// A list of the system calls that are allowed.
    package static let seccomp = SandboxLayers(COLOPHON_LAYER_SECCOMP)

    package static let all: SandboxLayers = [.namespaces, .identity, .landlock, .limits, .seccomp]
    /// Without these a reader does not start, unless the operator says so.
    package static let required: SandboxLayers = [.limits, .seccomp]

    /// Each alone, with the name that people read.
    package static let named: [(layer: SandboxLayers, name: String)] = [
        (.limits, "limits"), (.seccomp, "seccomp"), (.landlock, "landlock"), (.namespaces, "namespaces"), (.identity, "identity"),
    ]

    package var names: [String] { Self.named.filter { contains($0.layer) }.map(\.name) }

    /// - Parameter names: As `names` gives them; others are passed over.
    package init(names: [String]) {
        self = Self.named.filter { names.contains($0.name) }.reduce(into: []) { $0.insert($1.layer) }
    }
}
