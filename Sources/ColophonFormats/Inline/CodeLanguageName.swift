internal import DoclingDocument

/// The names that fenced code and classes of HTML give to languages.
enum CodeLanguageName {
    /// The language of a name such as `swift`, `c++` or `sh`, in any case; `unknown` for others.
    static func language(_ name: some Collection<UInt8>) -> CodeLanguage {
        languages[name.map(\.lowercasedASCII).string] ?? .unknown
    }

    /// The language that the classes of an element name, as in `class="language-swift"`.
    static func language(inClasses classes: [UInt8]) -> CodeLanguage {
        for name in classes.split(whereSeparator: \.isASCIISpace) {
            for prefix in ["language-", "lang-"] where name.starts(with: prefix.utf8) {
                return language(name.dropFirst(prefix.utf8.count))
            }
        }
        return .unknown
    }

    private static let languages: [String: CodeLanguage] = {
        let known: [CodeLanguage] = [
            .ada, .awk, .bash, .bc, .c, .cSharp, .cPlusPlus, .cMake, .cobol, .css, .ceylon, .clojure, .crystal, .cuda, .cython, .d, .dart,
            .dc, .dockerfile, .docLang, .elixir, .erlang, .fortran, .forth, .go, .html, .haskell, .haxe, .java, .javaScript, .json, .julia,
            .kotlin, .latex, .lisp, .lua, .matlab, .moonScript, .nim, .oCaml, .objectiveC, .octave, .php, .pascal, .perl, .prolog,
            .python, .racket, .ruby, .rust, .sml, .sql, .scala, .scheme, .swift, .tikz, .typeScript, .visualBasic, .xml, .yaml,
        ]
        var table: [String: CodeLanguage] = [
            "sh": .bash, "shell": .bash, "zsh": .bash, "console": .bash, "cs": .cSharp, "csharp": .cSharp, "cpp": .cPlusPlus,
            "cxx": .cPlusPlus, "hpp": .cPlusPlus, "docker": .dockerfile, "golang": .go, "hs": .haskell, "js": .javaScript,
            "jsx": .javaScript, "mjs": .javaScript, "node": .javaScript, "kt": .kotlin, "tex": .latex, "objective-c": .objectiveC,
            "objc": .objectiveC, "ml": .oCaml, "pl": .perl, "py": .python, "python3": .python, "rb": .ruby, "rs": .rust,
            "ts": .typeScript, "tsx": .typeScript, "vb": .visualBasic, "vbnet": .visualBasic, "yml": .yaml, "clj": .clojure,
            "ex": .elixir, "erl": .erlang, "f90": .fortran, "jl": .julia, "xhtml": .html, "htm": .html, "svg": .xml, "cu": .cuda,
        ]
        for language in known { table[language.rawValue.utf8.map(\.lowercasedASCII).string] = language }
        return table
    }()
}
