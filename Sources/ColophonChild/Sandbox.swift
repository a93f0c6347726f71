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

    package init(memoryBytesMax: UInt64, cpuSecondsMax: UInt64, parent: Int32 = 0) {
        self.parent = parent
        self.memoryBytesMax = memoryBytesMax
        self.cpuSecondsMax = cpuSecondsMax
    }

    /// Enters the sandbox; there is no way back. No file can be opened and no process or thread started afterwards.
    package func enter() throws(SandboxError) {
        var step: UnsafePointer<CChar>?
        let failed = colophon_sandbox_enter(memoryBytesMax, cpuSecondsMax, user, parent, &step)
        guard failed == 0 else { throw SandboxError(step: step.map { String(cString: $0) } ?? "", errno: failed) }
    }
}

/// A limit that could not be put in force; the child must not go on without it.
package struct SandboxError: Error, CustomStringConvertible {
    package var step: String
    package var errno: Int32
    package var description: String { "\(step) failed with errno \(errno)" }
}
