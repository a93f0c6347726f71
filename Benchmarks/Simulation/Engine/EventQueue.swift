/// What will happen at which moment of virtual time: a heap; at one moment, in the order that it was asked for.
struct EventQueue {
    private struct Event {
        var time: Int64
        var order: UInt64
        var action: () -> Void

        func comesBefore(_ other: Self) -> Bool { time == other.time ? order < other.order : time < other.time }
    }

    private var heap: [Event] = []
    private var nextOrder: UInt64 = 0

    /// In microseconds.
    var nextTime: Int64? { heap.first?.time }

    mutating func add(at time: Int64, _ action: @escaping () -> Void) {
        heap.append(Event(time: time, order: nextOrder, action: action))
        nextOrder += 1
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].comesBefore(heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    mutating func removeFirst() -> () -> Void {
        heap.swapAt(0, heap.count - 1)
        let first = heap.removeLast()
        var parent = 0
        while true {
            let left = 2 * parent + 1
            guard left < heap.count else { return first.action }
            let right = left + 1
            let child = right < heap.count && heap[right].comesBefore(heap[left]) ? right : left
            guard heap[child].comesBefore(heap[parent]) else { return first.action }
            heap.swapAt(child, parent)
            parent = child
        }
    }
}
