/// Values by slot, of which there are few different ones: each is written down once, and slots hold its number.
struct CodedColumn<Value: Hashable & Sendable>: Sendable {
    private(set) var codes: [UInt32] = []
    /// The different values, by their numbers.
    private(set) var values: [Value] = []
    private var codeOf: [Value: UInt32] = [:]

    var byteCount: Int { codes.capacity * 4 + values.count * (MemoryLayout<Value>.stride * 3 + 64) }

    mutating func append(_ value: Value) { codes.append(code(of: value)) }

    mutating func replace(_ slot: Int, with value: Value) { codes[slot] = code(of: value) }

    subscript(slot: Int) -> Value { values[Int(codes[slot])] }

    /// How many slots of some masks have each value that any has.
    func counts(_ masks: [SlotMask]) -> [(key: Value, value: Int)] {
        var counts = [Int](repeating: 0, count: values.count)
        codes.withUnsafeBufferPointer { codes in
            for mask in masks { mask.visit { counts[Int(codes[$0])] += 1 } }
        }
        return zip(values, counts).filter { $1 > 0 }.map { (key: $0, value: $1) }
    }

    /// Writes a value down.
    ///
    /// - Returns: Whether it is new.
    mutating func note(_ value: Value) -> Bool {
        let before = values.count
        _ = code(of: value)
        return values.count > before
    }

    private mutating func code(of value: Value) -> UInt32 {
        if let code = codeOf[value] { return code }
        let code = UInt32(values.count)
        values.append(value)
        codeOf[value] = code
        return code
    }
}
