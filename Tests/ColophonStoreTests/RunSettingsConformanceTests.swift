import ColophonCore
import ColophonStore
import ColophonTestSupport
import Testing

/// What every store promises about runs that are made in different ways.
@Suite struct RunSettingsConformanceTests {
    private static let german = ["deu", "eng"]

    @Test(arguments: StoreDriver.allCases)
    func `equal bytes in other languages are other work, and a run keeps its languages`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let first = try await open.upload()
        let second = try await open.upload(languages: Self.german)
        #expect(second.dedupedFrom == nil && second.detail.run.id != first.detail.run.id)
        #expect(try await open.upload(languages: Self.german).dedupedFrom == second.detail.run.id)
        #expect(try await open.upload(languages: []).dedupedFrom == nil)
        #expect(try await open.upload().dedupedFrom == first.detail.run.id)
        #expect(second.detail.run.settings.recognitionLanguages == Self.german)
        let jobs = try await open.claim(limit: 3)
        #expect(jobs.map(\.settings.recognitionLanguages) == [["eng"], Self.german, []])
        // A copy says how its results were made.
        try await open.store.complete(jobs[1].claim, with: open.result(of: jobs[1].claim))
        let copy = try await open.upload(duplicate: .record, languages: Self.german)
        #expect(copy.detail.run.duplicateOf == second.detail.run.id && copy.detail.run.settings == second.detail.run.settings)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `what recognises nothing keeps its key for pages that were not read, with a mapping too`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let unread = RunWarning(.pagesNotRecognized, pages: [1])
        for (languages, keeps) in [([], true), (["eng"], false)] as [([String], Bool)] {
            for mapping in [nil, MappingChoice(name: "a_v1")] {
                let name = "\(languages)\(mapping?.name ?? "")"
                var recipe = OpenStore.recipe(inLanguages: languages)
                recipe.settings.mapping = mapping
                let first = try await open.upload(name, recipe: recipe).detail.run
                try await open.complete(warnings: [unread])
                let again = try await open.upload(name, recipe: recipe)
                #expect((again.dedupedFrom == first.id) == keeps, "\(name)")
                if !keeps { try await open.complete() }
            }
        }
    }

    @Test(arguments: StoreDriver.allCases)
    func `a run that waits takes the languages that it is started with, and is other work then`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let waiting = try await open.upload(process: false, languages: ["fra"]).detail
        let kept = try await open.store.startRun(of: waiting.document.id, fresh: false, recipe: OpenStore.recipe, in: open.scope)
        #expect(kept.id == waiting.run.id && kept.settings.recognitionLanguages == ["fra"])
        let other = try await open.upload("b", process: false).detail
        let settings = RunSettings(recognitionLanguages: Self.german)
        let change = SettingsChange(recognitionLanguages: Self.german)
        let started = try await open.store.startRun(
            of: other.document.id, fresh: false, recipe: OpenStore.recipe, change: change, in: open.scope)
        #expect(started.id == other.run.id && started.settings == settings)
        #expect(try await open.upload("b", languages: Self.german).dedupedFrom == started.id)
        #expect(try await open.upload("b").dedupedFrom == nil)
        let batch = try await open.store.startRuns(
            of: [other.document.id], recipe: OpenStore.recipe, change: change, in: open.scope)
        #expect(batch.items.map(\.settings) == [settings])
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a result that lacks pages which another server may read answers no later upload`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let first = try await open.upload().detail.run.id
        try await open.complete(warnings: [RunWarning(.pagesNotRecognized, pages: [2], reason: "Tesseract is not installed")])
        let second = try await open.upload()
        #expect(second.dedupedFrom == nil && second.detail.run.id != first)
        try await open.complete(warnings: [RunWarning(.pagesPoorlyRecognized, pages: [2])])
        #expect(try await open.upload().dedupedFrom == second.detail.run.id)
        // Who wants nothing recognised has all there is.
        let off = try await open.upload(languages: [])
        try await open.complete(warnings: [RunWarning(.pagesNotRecognized, pages: [2], reason: "recognition is off")])
        #expect(try await open.upload(languages: []).dedupedFrom == off.detail.run.id)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a run whose settings a newer version wrote waits for that version and stands in nobody's way`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let newer = try await open.upload("newer").detail.run.id
        try await open.database.write { transaction in
            _ = try transaction.execute("UPDATE runs SET settings = '{\"dialect\":\"x\"}' WHERE id = '\(newer)'", [])
        }
        let other = try await open.upload("other").detail.run.id
        var claimed: [RunID] = []
        for _ in 0..<3 { claimed += try await open.claim(limit: 2).map(\.claim.run) }
        #expect(claimed == [other])
        #expect(try await open.store.run(newer, in: open.scope).status == .queued)
    }
}
