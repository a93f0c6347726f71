import CTesseract
package import ColophonLayout

/// Reads images with Tesseract, a library of the machine.
///
/// One instance belongs to one thread. Two engines are loaded: one that reads, and one that tells which way up an image is.
package final class Tesseract {
    let library: TesseractLibrary
    private let reader: tesseract
    private let compass: tesseract?
    package let engine: String
    package let languages: [String]

    /// Words less sure than this are noise: specks, logos, lines.
    private static let confidenceMin: Float = 30
    /// An image read less surely than this may lie on its side.
    private static let sureConfidence = 0.75
    /// Below this many letters nothing can be said about how surely an image was read.
    private static let lettersMin = 8

    /// Whether there is a library to load; a look at some paths.
    package static var isInstalled: Bool { TesseractLibrary.isInstalled }

    /// Opens the library and reads the languages' data: to be called while files can be opened.
    ///
    /// - Parameter languages: As Tesseract names them, such as `eng` and `deu`; the first one decides where they disagree.
    /// - Throws: `TesseractError`.
    /// - Complexity: Some 100 ms and 60 MB.
    package init(languages: [String]) throws(TesseractError) {
        library = try TesseractLibrary()
        let functions = library.functions
        guard let reader = functions.TessBaseAPICreate() else { throw .notLoadable(reason: "it gives no engine") }
        // Without it Tesseract tells standard error much that nobody reads.
        _ = functions.TessBaseAPISetVariable(reader, "debug_file", "/dev/null")
        // What is missing behind the first is passed over, and then not among the loaded.
        guard Self.begin(reader, languages, functions), Set(languages).isSubset(of: Self.loaded(reader, functions)) else {
            functions.TessBaseAPIDelete(reader)
            throw .languagesMissing(languages.filter { !Self.has($0, functions) })
        }
        self.reader = reader
        self.languages = languages
        engine = "tesseract \(functions.TessVersion().map { String(cString: $0) } ?? "")"
        compass = Self.compass(functions)
    }

    deinit {
        library.functions.TessBaseAPIDelete(reader)
        if let compass { library.functions.TessBaseAPIDelete(compass) }
    }

    /// What tells which way up an image is; nil where the machine has no data for that.
    private static func compass(_ functions: tesseract_functions) -> tesseract? {
        guard let compass = functions.TessBaseAPICreate() else { return nil }
        _ = functions.TessBaseAPISetVariable(compass, "debug_file", "/dev/null")
        guard functions.TessBaseAPIInit3(compass, nil, "osd") == 0 else {
            functions.TessBaseAPIDelete(compass)
            return nil
        }
        functions.TessBaseAPISetPageSegMode(compass, Int32(TESSERACT_SEGMENT_ORIENTATION))
        return compass
    }

    private static func begin(_ reader: tesseract, _ languages: [String], _ functions: tesseract_functions) -> Bool {
        functions.TessBaseAPIInit2(reader, nil, languages.joined(separator: "+"), Int32(TESSERACT_ENGINE_LSTM)) == 0
    }

    private static func has(_ language: String, _ functions: tesseract_functions) -> Bool {
        guard let reader = functions.TessBaseAPICreate() else { return false }
        defer { functions.TessBaseAPIDelete(reader) }
        return begin(reader, [language], functions)
    }

    private static func loaded(_ reader: tesseract, _ functions: tesseract_functions) -> [String] {
        guard let list = functions.TessBaseAPIGetLoadedLanguagesAsVector(reader) else { return [] }
        defer { functions.TessDeleteTextArray(list) }
        var languages: [String] = []
        while let text = list[languages.count] { languages.append(String(cString: text)) }
        return languages
    }
}

extension Tesseract: TextRecognizer {
    package func recognize(_ image: GreyImage) -> RecognizedText? {
        guard var best = words(on: image) else { return nil }
        var turns = 0
        // Finding out which way up it is takes longer than reading it: only what could not be read is asked about.
        if !best.isSure, let found = self.turns(of: image), found != 0, let turned = words(on: image.turned(by: 4 - found)),
            turned.sureness > best.sureness
        {
            (best, turns) = (turned, found)
        }
        return RecognizedText(words: best.words, turns: turns, droppedWords: best.dropped)
    }

    private struct Reading {
        var words: [RecognizedWord] = []
        var dropped = 0
        private var letters: Int { words.reduce(0) { $0 + $1.text.unicodeScalars.count } }

        /// All that was read, weighed by how surely.
        var sureness: Double { words.reduce(0) { $0 + $1.confidence * Double($1.text.unicodeScalars.count) } }
        var isSure: Bool {
            letters >= Tesseract.lettersMin && sureness > Tesseract.sureConfidence * Double(letters) && dropped < words.count
        }
    }

    /// Clockwise quarter turns from upright to the image as it is.
    private func turns(of image: GreyImage) -> Int? {
        guard let compass else { return nil }
        let functions = library.functions
        set(image, for: compass)
        defer { functions.TessBaseAPIClear(compass) }
        var degrees: Int32 = 0
        guard functions.TessBaseAPIDetectOrientationScript(compass, &degrees, nil, nil, nil) != 0 else { return nil }
        return Int(degrees) / 90
    }

    private func words(on image: GreyImage) -> Reading? {
        let functions = library.functions
        functions.TessBaseAPISetPageSegMode(reader, Int32(TESSERACT_SEGMENT_AUTO))
        set(image, for: reader)
        defer { functions.TessBaseAPIClear(reader) }
        guard functions.TessBaseAPIRecognize(reader, nil) == 0 else { return nil }
        var reading = Reading()
        // An image without text has no results.
        guard let results = functions.TessBaseAPIGetIterator(reader) else { return reading }
        defer { functions.TessResultIteratorDelete(results) }
        var walk = ResultWalk(
            functions: functions, results: results, resolution: Self.resolution(of: image), confidenceMin: Self.confidenceMin)
        while let word = walk.next() { reading.words.append(word) }
        reading.dropped = walk.dropped
        return reading
    }

    private static let resolutionUnknown = 300

    /// Dots per inch as Tesseract believes them: it takes what lies outside for its lowest.
    private static func resolution(of image: GreyImage) -> Int {
        image.resolution > 0 ? min(max(image.resolution, 70), 2400) : resolutionUnknown
    }

    private func set(_ image: GreyImage, for engine: tesseract) {
        let functions = library.functions
        functions.TessBaseAPISetImage(engine, image.pixels, Int32(image.width), Int32(image.height), 1, Int32(image.width))
        functions.TessBaseAPISetSourceResolution(engine, Int32(Self.resolution(of: image)))
    }
}
