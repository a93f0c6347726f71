import ColophonCore

/// Which documents are being read by whom at this moment.
struct Readings {
    struct Reading {
        var blob: BlobKey
        var script: DocumentScript?
        var process: SimulatedProcess?
        /// Its process was frozen meanwhile: it could not know that its time was over.
        var isExcused = false
    }

    private var open: [(descriptor: Int32, reading: Reading)] = []
    private var nextDescriptor: Int32 = 1
    /// Called when a document begins to be read whose bytes somebody else is still reading.
    var onOverlap: (BlobKey) -> Void = { _ in }

    mutating func open(_ blob: BlobKey, _ bytes: [UInt8]) -> Int32 {
        defer { nextDescriptor += 1 }
        open.append((nextDescriptor, Reading(blob: blob, script: DocumentScript(bytes))))
        return nextDescriptor
    }

    mutating func begin(_ descriptor: Int32, by process: SimulatedProcess) -> DocumentScript? {
        guard let index = open.firstIndex(where: { $0.descriptor == descriptor }) else { return nil }
        let blob = open[index].reading.blob
        if open.contains(where: { $0.reading.blob == blob && $0.reading.process != nil && !$0.reading.isExcused }) { onOverlap(blob) }
        open[index].reading.process = process
        return open[index].reading.script
    }

    mutating func end(_ descriptor: Int32) { open.removeAll { $0.descriptor == descriptor } }

    /// A process died; the kernel kills its readers.
    mutating func end(of process: SimulatedProcess) { open.removeAll { $0.reading.process === process } }

    mutating func excuse(_ process: SimulatedProcess) {
        for index in open.indices where open[index].reading.process === process { open[index].reading.isExcused = true }
    }
}
