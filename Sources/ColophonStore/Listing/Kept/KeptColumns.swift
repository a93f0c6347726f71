import ColophonCore

/// The living documents of a workspace, column by column: one slot each, in the order in which they came.
///
/// To look at all documents in one column takes about a nanosecond each, so that no question needs an index.
struct KeptColumns: Sendable {
    /// 1 for a document that lives; the slot of one that was deleted stays, should it come back.
    private(set) var living: [UInt8] = []
    private(set) var ids: TextColumn
    private(set) var nameKeys: TextColumn
    private(set) var createdAt: NumberColumn
    private(set) var editedAt: NumberColumn
    private(set) var activeAt: NumberColumn
    private(set) var lastRunAt: NumberColumn
    private(set) var byteSize: NumberColumn
    private(set) var sources = CodedColumn<String>()
    private(set) var fileTypes = CodedColumn<String>()
    private(set) var uploaders = CodedColumn<String>()
    private(set) var phases = CodedColumn<String?>()
    private(set) var outputs = CodedColumn<Bool>()
    private(set) var tags = TagColumn()
    /// By the identifier's hash, or the next number that is free: texts would take more room than all columns together.
    private var slotOf: [Int: UInt32] = [:]

    private let blockLength: Int

    /// - Parameter blockLength: How many slots are looked at together: few enough that what was found in one column is still near when the
    ///   next one is looked at, and many enough that to begin with them is nothing.
    init(blockLength: Int = 4096) {
        self.blockLength = blockLength
        (ids, nameKeys) = (TextColumn(blockLength: blockLength), TextColumn(blockLength: blockLength))
        let numbers = NumberColumn(blockLength: blockLength)
        (createdAt, editedAt, activeAt, lastRunAt, byteSize) = (numbers, numbers, numbers, numbers, numbers)
    }

    var blockCount: Int { (count + blockLength - 1) / blockLength }

    func slots(of block: Int) -> Range<Int> { block * blockLength..<min((block + 1) * blockLength, count) }

    var count: Int { living.count }
    /// How many slots are those of documents that do not live.
    private(set) var deadCount = 0

    /// Memory that the columns take, in bytes; nearly.
    var byteCount: Int {
        let numbers = createdAt.byteCount + editedAt.byteCount + activeAt.byteCount + lastRunAt.byteCount + byteSize.byteCount
        let codes = sources.byteCount + fileTypes.byteCount + uploaders.byteCount + phases.byteCount + outputs.byteCount + tags.byteCount
        return living.capacity + ids.byteCount + nameKeys.byteCount + numbers + codes + slotOf.capacity * 16
    }

    func slot(of id: String) -> Int? {
        var hash = id.hashValue
        while let slot = slotOf[hash].map(Int.init) {
            if ids[slot] == id { return slot }
            hash &+= 1
        }
        return nil
    }

    /// Takes what a document is now; nil when it does not live.
    mutating func set(_ id: String, to row: KeptRow?) {
        switch (slot(of: id), row) {
        case (nil, nil): break
        case (nil, let row?): append(row)
        case (let slot?, nil):
            deadCount += Int(living[slot])
            living[slot] = 0
        case (let slot?, let row?): replace(slot, with: row)
        }
    }

    private mutating func replace(_ slot: Int, with row: KeptRow) {
        deadCount -= 1 - Int(living[slot])
        living[slot] = 1
        nameKeys.replace(slot, with: row.nameKey)
        createdAt.replace(slot, with: row.createdAt)
        editedAt.replace(slot, with: row.editedAt)
        activeAt.replace(slot, with: row.activeAt)
        lastRunAt.replace(slot, with: row.lastRunAt ?? NumberColumn.none)
        byteSize.replace(slot, with: row.byteSize)
        sources.replace(slot, with: row.source)
        fileTypes.replace(slot, with: row.fileType)
        uploaders.replace(slot, with: row.uploader)
        phases.replace(slot, with: row.phase)
        outputs.replace(slot, with: row.hasOutput)
        tags.replace(slot, with: row.tags)
    }

    private mutating func append(_ row: KeptRow) {
        var hash = row.id.hashValue
        while slotOf[hash] != nil { hash &+= 1 }
        slotOf[hash] = UInt32(count)
        living.append(1)
        ids.append(row.id)
        nameKeys.append(row.nameKey)
        createdAt.append(row.createdAt)
        editedAt.append(row.editedAt)
        activeAt.append(row.activeAt)
        lastRunAt.append(row.lastRunAt ?? NumberColumn.none)
        byteSize.append(row.byteSize)
        sources.append(row.source)
        fileTypes.append(row.fileType)
        uploaders.append(row.uploader)
        phases.append(row.phase)
        outputs.append(row.hasOutput)
        tags.append(row.tags)
    }
}
