/// What is asked of a process that forks readers: what the next one is to do, as another would be told on its command line.
package struct ForkRequest: Equatable, Sendable {
    /// The command line of the process that forks: this, and its parent's process id.
    package static let task = "prepare"
    /// A request with more bytes is none.
    package static let bytesMax = 64 << 10

    package var words: [String]
    /// What opens the document.
    package var password: String?

    package init(words: [String], password: String? = nil) {
        self.words = words
        self.password = password
    }

    /// Each text behind its length: a byte says whether the first is a password.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = [password == nil ? 0 : 1]
        for text in (password.map { [$0] } ?? []) + words {
            let utf8 = Array(text.utf8)
            withUnsafeBytes(of: UInt32(clamping: utf8.count).littleEndian) { bytes += $0 }
            bytes += utf8
        }
        return bytes
    }

    /// Nil unless the bytes are what `bytes` gives.
    package init?(bytes: some Collection<UInt8>) {
        var rest = Array(bytes)[...]
        guard let kind = rest.popFirst(), kind <= 1 else { return nil }
        var texts: [String] = []
        while !rest.isEmpty {
            guard rest.count >= 4 else { return nil }
            let length = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(4)
            guard length <= rest.count else { return nil }
            texts.append(String(decoding: rest.prefix(length), as: UTF8.self))
            rest = rest.dropFirst(length)
        }
        guard kind == 0 || !texts.isEmpty else { return nil }
        password = kind == 1 ? texts.removeFirst() : nil
        words = texts
    }
}
