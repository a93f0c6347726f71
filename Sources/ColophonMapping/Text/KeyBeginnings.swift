/// All that some keys begin with: most words of a document begin none of them, and are done with at one look.
struct KeyBeginnings: Sendable {
    private let all: Set<String>

    init(of keys: [TextKey]) {
        var all: Set<String> = [""]
        for key in keys {
            var beginning = ""
            for character in key.value {
                beginning.append(character)
                all.insert(beginning)
            }
        }
        self.all = all
    }

    func has(_ text: String) -> Bool { all.contains(text) }
}
