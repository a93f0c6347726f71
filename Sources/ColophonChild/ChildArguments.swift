/// What the parent tells the child on its command line that is to read a document; the document itself is standard input.
package struct ChildArguments: Equatable, Sendable {
    private static let task = "extract"
    /// The variable of the environment that holds what opens the document; a command line is for all to see.
    package static let passwordVariable = "COLOPHON_DOCUMENT_PASSWORD"

    /// What the document is called in the result.
    package var name: String
    /// Its media type; empty when nobody knows it.
    package var type: String
    package var pagesMax: Int
    package var recognition: ChildRecognition
    /// Whether each page's words are sent too.
    package var sendsWords: Bool
    package var guards: ChildGuards

    package init(
        name: String, type: String, pagesMax: Int, recognition: ChildRecognition = .off, sendsWords: Bool = false, guards: ChildGuards
    ) {
        self.name = name
        self.type = type
        self.pagesMax = pagesMax
        self.recognition = recognition
        self.sendsWords = sendsWords
        self.guards = guards
    }

    package var words: [String] { [Self.task] + guards.words + ["\(pagesMax)", recognition.word, sendsWords ? "words" : "-", type, name] }

    /// Nil unless the words are what `words` gives.
    package init?(words: [String]) {
        let own = words.dropFirst(1 + ChildGuards.wordCount)
        guard words.first == Self.task, own.count == 5, let guards = ChildGuards(words: words.dropFirst().prefix(ChildGuards.wordCount)),
            let pagesMax = own.first.flatMap({ Int($0) }), let name = own.last
        else { return nil }
        let start = own.startIndex
        self.init(
            name: name, type: own[start + 3], pagesMax: pagesMax, recognition: ChildRecognition(word: own[start + 1]),
            sendsWords: own[start + 2] == "words", guards: guards)
    }
}
