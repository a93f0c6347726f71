import CSandbox

/// What a child may use; it gives up everything else itself, before it looks at the document.
package struct Sandbox: Sendable {
    /// Address space, in bytes; includes the program and its libraries.
    package var memoryBytesMax: UInt64
    /// CPU time, in whole seconds; the kernel ends the process past it.
    package var cpuSecondsMax: UInt64
    /// Who the child becomes where it was started by root: nobody's, with no files.
    package var user: UInt32 = 65534
    /// Whose end is the child's too; 0 when nobody says.
    package var parent: Int32
    package var layers = SandboxLayers.all
    /// Whether it goes on where the kernel cannot filter system calls.
    package var mayLackSeccomp = false

    package init(memoryBytesMax: UInt64, cpuSecondsMax: UInt64, parent: Int32 = 0) {
        self.parent = parent
        self.memoryBytesMax = memoryBytesMax
        self.cpuSecondsMax = cpuSecondsMax
    }

    /// Enters the sandbox; there is no way back. No file can be opened and no process or thread started afterwards.
    ///
    /// - Returns: The layers that hold.
    /// - Throws: When a required one cannot be had.
    @discardableResult
    package func enter() throws(SandboxError) -> SandboxLayers {
        var wanted = colophon_sandbox()
        wanted.memory_bytes = memoryBytesMax
        wanted.cpu_seconds = cpuSecondsMax
        wanted.user = user
        wanted.parent = parent
        wanted.layers = layers.rawValue
        wanted.may_lack_seccomp = mayLackSeccomp ? 1 : 0
        var step: UnsafePointer<CChar>?
        var held: UInt32 = 0
        let failed = colophon_sandbox_enter(&wanted, &held, &step)
        guard failed == 0 else { throw SandboxError(step: step.map { String(cString: $0) } ?? "", errno: failed) }
        return SandboxLayers(rawValue: held)
    }
}

/// A limit that could not be put in force; the child must not go on without it.
package struct SandboxError: Error, CustomStringConvertible {
    package var step: String
    package var errno: Int32
    package var description: String { "\(step) failed with errno \(errno)" }
}
