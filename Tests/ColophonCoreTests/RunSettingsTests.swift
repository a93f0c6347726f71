import ColophonCore
import Testing

@Suite struct RunSettingsTests {
    @Test(arguments: [["eng"], [], ["deu"], ["deu", "eng"], ["chi_sim_vert", "Latin"]])
    func `settings are read from what they are written as`(languages: [String]) throws {
        let settings = RunSettings(recognitionLanguages: languages)
        #expect(try RunSettings(json: settings.json) == settings)
    }

    @Test func `what is as usual is not written, and the order counts`() {
        #expect(RunSettings().json == "{}")
        #expect(RunSettings(recognitionLanguages: []).json == #"{"ocr_languages":[]}"#)
        #expect(RunSettings(recognitionLanguages: ["deu", "eng"]).json == #"{"ocr_languages":["deu","eng"]}"#)
    }

    @Test func `a mapping is kept beside the languages, and a change leaves what it does not speak of`() throws {
        let change = SettingsChange(mapping: MappingChoice(name: "invoice_v1", isPretty: true))
        let settings = change.applied(to: RunSettings(recognitionLanguages: ["deu"]))
        #expect(settings.json == #"{"mapping":"invoice_v1","ocr_languages":["deu"],"pretty":true}"#)
        #expect(try RunSettings(json: settings.json) == settings)
        #expect(SettingsChange(recognitionLanguages: ["eng"]).applied(to: settings).json == #"{"mapping":"invoice_v1","pretty":true}"#)
        #expect(SettingsChange.none.applied(to: settings) == settings)
        #expect((#expect(throws: ColophonError.self) { try RunSettings(json: #"{"pretty":true}"#) })?.code == .internal)
    }

    @Test(arguments: [
        "", "{", "[]", #"{"ocr_languages":}"#, #"{"ocr_languages":["eng"]}"#, #"{"ocr_languages":["a","b"],"x":1}"#,
        #"{"ocr_languages":["a" ,"b"]}"#,
        #"{"ocr_languages":["../a"]}"#, #"{"ocr_languages":["a"],"dialect":"x"}"#, #"{"ocr_languages":null}"#,
    ])
    func `text that nobody wrote is refused`(json: String) {
        #expect((#expect(throws: ColophonError.self) { try RunSettings(json: json) })?.code == .internal)
    }

    @Test func `names that Tesseract could have are languages, and off is none`() throws {
        #expect(try RunSettings.languages(named: ["deu", "chi_sim"]) == ["deu", "chi_sim"])
        #expect(try RunSettings.languages(named: ["off"]) == [])
        let refused = [
            [], [""], ["off", "eng"], ["../eng"], ["eng", "eng"], ["off", "eng", ""], ["e\"ng"], [String(repeating: "a", count: 33)],
            Array("abcdefghi").map(String.init),
        ]
        for names in refused {
            let error = #expect(throws: ColophonError.self) { try RunSettings.languages(named: names) }
            #expect(error?.code == .invalid && error?.field == "ocrLanguages", "\(names)")
        }
    }
}
