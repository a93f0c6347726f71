import ArgumentParser
import ColophonAPI
import ColophonClient
import Foundation

extension Documents {
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one document.")
        @Argument(help: "The document's id.") var document: String
        @OptionGroup var options: WorkspaceOptions

        func run() async throws {
            let document = try await options.open().document(document)
            if options.json { return try Terminal.json(document) }
            var lines = [
                "document \(document.id): \(document.name)",
                "\(document.contentType), \(document.byteSize) bytes, version \(document.currentVersionNo)",
                "uploaded \(document.createdAt)" + (document.uploader.map { " by \($0.name) (\($0.id))" } ?? "")
                    + ", last changed \(document.updatedAt)",
            ]
            if !document.tags.isEmpty { lines.append("tags: \(document.tags.joined(separator: ", "))") }
            if let run = document.lastRun {
                let pages = "pages \(run.pagesCompleted) of \(run.pagesTotal.map(String.init) ?? "?")"
                lines.append("run \(run.id), #\(run.number): \(DocumentLine.status(document)), \(pages)")
                if let code = run.errorCode { lines.append("error \(code): \(run.errorMessage ?? "")") }
            }
            lines.append(document.hasOutput ? "its results can be exported" : "it has no results")
            for line in lines { Terminal.print(line) }
        }
    }

    struct Tag: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Adds and removes a document's tags.")
        @Argument(help: "The document's id.") var document: String
        @Option(help: "A tag to add; may be given several times.") var add: [String] = []
        @Option(help: "A tag to remove; may be given several times.") var remove: [String] = []
        @OptionGroup var options: WorkspaceOptions

        func validate() throws {
            if add.isEmpty && remove.isEmpty { throw ValidationError("Say what to do: --add or --remove.") }
        }

        func run() async throws {
            try DocumentLine.show(try await options.open().tag(document, add: add, remove: remove), options)
        }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes a deletion back, while the bytes are there.")
        @Argument(help: "The document's id.") var document: String
        @OptionGroup var options: WorkspaceOptions

        func run() async throws { try DocumentLine.show(try await options.open().restore(document), options) }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Deletes documents; they can be restored for a time.")
        @Argument(help: "The documents' ids.") var documents: [String]
        @Flag(help: "Do not ask.") var yes = false
        @OptionGroup var options: WorkspaceOptions

        /// The most that a request may name.
        private static let batch = 200

        func run() async throws {
            try confirm()
            let workspace = try options.open()
            var answer = BatchDeletion(deleted: [], notFound: [])
            var rest = documents[...]
            while !rest.isEmpty {
                let part = try await workspace.delete(Array(rest.prefix(Self.batch)))
                answer.deleted += part.deleted
                answer.notFound += part.notFound
                rest = rest.dropFirst(Self.batch)
            }
            if options.json { try Terminal.json(answer) } else { for id in answer.deleted { Terminal.print(id) } }
            guard answer.notFound.isEmpty else {
                throw ExitStatusError(.usage, "No such document: \(answer.notFound.joined(separator: ", ")).")
            }
        }

        /// Nobody is asked where nobody could answer.
        private func confirm() throws {
            guard !yes else { return }
            guard isatty(0) == 1 else { throw ExitStatusError(.usage, "Nobody can be asked here: --yes deletes without asking.") }
            let what = documents.count == 1 ? "document \(documents[0])" : "\(documents.count) documents"
            Terminal.write("Delete \(what)? [y/N] ", to: .error)
            guard ["y", "yes"].contains(readLine()?.lowercased()) else { throw ExitStatusError(.usage, "Nothing was deleted.") }
        }
    }
}
