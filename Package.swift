// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")

/// Without Foundation, whose tables alone took a fifth of a short document's time.
let staticStandardLibrary = ["-static-stdlib", "-lswiftSynchronization"]

let package = Package(
    name: "colophon",
    products: [
        .library(name: "DoclingDocument", targets: ["DoclingDocument"]),
        .library(name: "ColophonClient", targets: ["ColophonClient"]),
        .executable(name: "colophon", targets: ["colophon"]),
        .executable(name: "colophon-extract", targets: ["colophon-extract"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.0.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Documents and what is read out of them.
        .target(name: "DoclingDocument", swiftSettings: settings),
        .target(name: "CLibrary", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "CPDFium", dependencies: ["CLibrary"]),
        .target(name: "CTesseract", dependencies: ["CLibrary"]),
        .target(name: "ColophonLayout", dependencies: ["CLibrary", "CPDFium", "DoclingDocument"], swiftSettings: settings),
        .target(name: "ColophonTesseract", dependencies: ["CLibrary", "CTesseract", "ColophonLayout"], swiftSettings: settings),
        .target(name: "ColophonFormats", dependencies: ["DoclingDocument"], swiftSettings: settings),
        .target(
            name: "ColophonMapping", dependencies: ["ColophonFormats", "DoclingDocument"],
            exclude: ["Resources/invoice_generic_v1.xsd", "Resources/pt_simon_invoice_v1.xsd"],
            resources: [
                .embedInCode("Resources/invoice_generic_v1.json"), .embedInCode("Resources/mapping.schema.json"),
                .embedInCode("Resources/pt_simon_invoice_v1.json"),
            ], swiftSettings: settings),
        .target(name: "CSandbox"),
        .target(name: "ColophonChild", dependencies: ["CSandbox"], swiftSettings: settings),
        .executableTarget(
            name: "colophon-extract",
            dependencies: ["CSandbox", "ColophonChild", "ColophonFormats", "ColophonLayout", "ColophonTesseract", "DoclingDocument"],
            swiftSettings: settings,
            // It starts in two thirds of the time where Swift's libraries are within it, and what is forked from it is smaller. In the debug build it is
            // part of the tests' bundle too, which has them from elsewhere.
            linkerSettings: [.unsafeFlags(staticStandardLibrary, .when(platforms: [.linux], configuration: .release))]),

        // The domain in the middle, drivers around it.
        .systemLibrary(name: "CPQ", providers: [.apt(["libpq-dev"])]),
        .target(name: "ColophonCore", dependencies: ["DoclingDocument", crypto, logging], swiftSettings: settings),
        .target(
            name: "ColophonStore", dependencies: ["CPQ", "ColophonCore", grdb, logging],
            resources: [
                .embedInCode("SQLite/V0001_initial.sql"), .embedInCode("SQLite/V0002_queue.sql"),
                .embedInCode("SQLite/V0003_renewals.sql"), .embedInCode("SQLite/V0004_jobs_of_runs.sql"),
                .embedInCode("SQLite/V0005_access_and_lists.sql"), .embedInCode("SQLite/V0006_warnings.sql"),
                .embedInCode("Postgres/P0001_initial.sql"), .embedInCode("Postgres/P0002_renewals.sql"),
                .embedInCode("Postgres/P0003_room.sql"), .embedInCode("Postgres/P0004_plans.sql"),
                .embedInCode("Postgres/P0005_jobs_of_runs.sql"), .embedInCode("Postgres/P0006_access_and_lists.sql"),
                .embedInCode("Postgres/P0007_warnings.sql"),
            ], swiftSettings: settings),
        .target(
            name: "ColophonBlobs", dependencies: ["ColophonCore", asyncHTTPClient, crypto, nioCore, nioHTTP1, nioPosix],
            swiftSettings: settings),
        .target(name: "ColophonTransport", dependencies: ["ColophonCore"], swiftSettings: settings),
        .target(
            name: "ColophonExtraction",
            dependencies: [
                "CSandbox", "ColophonChild", "ColophonCore", "ColophonFormats", "DoclingDocument", asyncHTTPClient, logging, nioCore,
                nioHTTP1,
            ],
            swiftSettings: settings),
        .target(
            name: "ColophonPipeline", dependencies: ["ColophonCore", "ColophonMapping", "DoclingDocument", lifecycle, logging],
            swiftSettings: settings),

        .target(name: "ColophonUpkeep", dependencies: ["ColophonCore", crypto], swiftSettings: settings),

        // What the network sees.
        .target(name: "ColophonAPI", swiftSettings: settings),
        .target(
            name: "ColophonServer",
            dependencies: [
                "ColophonAPI", "ColophonCore", "DoclingDocument", crypto, hummingbird, hummingbirdTLS,
                .product(name: "HummingbirdCore", package: "hummingbird"), httpTypes,
                lifecycle, logging, nioCore, nioHTTP1, nioSSL, .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
            ],
            exclude: ["Web/Assets/package.json"],
            resources: [.embedInCode("Web/Assets")], swiftSettings: settings),
        .target(
            name: "ColophonClient",
            dependencies: ["ColophonAPI", asyncHTTPClient, nioCore, nioHTTP1, nioPosix, nioSSL],
            swiftSettings: settings),

        .executableTarget(
            name: "colophon",
            dependencies: [
                "ColophonAPI", "ColophonBlobs", "ColophonClient", "ColophonCore", "ColophonExtraction",
                "ColophonMapping", "ColophonPipeline", "ColophonServer",
                "ColophonStore", "ColophonTransport", "ColophonUpkeep", "DoclingDocument", argumentParser, hummingbird, lifecycle,
                logging,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),

        // Programs that measure and that break things on purpose.
        .target(name: "ColophonSamples", path: "Benchmarks/Samples", swiftSettings: settings),
        .target(name: "CPolling", path: "Benchmarks/Polling"),
        .target(
            name: "ColophonStreams", dependencies: ["CPolling", "ColophonProcesses", "ColophonSamples"], path: "Benchmarks/Streams",
            swiftSettings: settings),
        .target(
            name: "ColophonProcesses", dependencies: ["ColophonBlobs", "ColophonClient", "ColophonCore", asyncHTTPClient, nioCore],
            path: "Benchmarks/Processes", swiftSettings: settings),
        .target(
            name: "ColophonSimulation",
            dependencies: ["ColophonCore", "ColophonPipeline", "ColophonSamples", "ColophonStore", "DoclingDocument", crypto, logging],
            path: "Benchmarks/Simulation", swiftSettings: settings),
        .executableTarget(
            name: "colophon-sim", dependencies: ["ColophonSimulation", argumentParser], path: "Benchmarks/Sim", swiftSettings: settings),
        .executableTarget(
            name: "colophon-chaos",
            dependencies: [
                "ColophonAPI", "ColophonBlobs", "ColophonClient", "ColophonCore", "ColophonProcesses", "ColophonSamples", "ColophonStore",
                "ColophonStreams", "ColophonTransport", argumentParser, crypto, logging,
            ], path: "Benchmarks/Chaos", exclude: ["Shim"], swiftSettings: settings),
        .executableTarget(
            name: "colophon-bench",
            dependencies: [
                "ColophonAPI", "ColophonChild", "ColophonClient", "ColophonCore", "ColophonLayout", "ColophonProcesses", "ColophonSamples",
                "ColophonStore",
                "ColophonStreams", "DoclingDocument",
                argumentParser, logging,
            ], path: "Benchmarks/Bench", swiftSettings: settings),

        // Tests; what several of them need is a target of its own.
        .target(
            name: "ColophonTestSupport",
            dependencies: ["ColophonBlobs", "ColophonCore", "ColophonProcesses", "ColophonStore", logging],
            path: "Tests/Support", swiftSettings: settings),
        .testTarget(
            name: "DoclingDocumentTests", dependencies: ["DoclingDocument"], exclude: ["Fixtures"], swiftSettings: settings),
        .testTarget(
            name: "ColophonLayoutTests",
            dependencies: ["CPDFium", "ColophonLayout", "ColophonSamples", "ColophonTestSupport", "DoclingDocument"],
            swiftSettings: settings),
        .testTarget(name: "ColophonStoreTests", dependencies: ["ColophonStore", "ColophonTestSupport"], swiftSettings: settings),
        .testTarget(
            name: "ColophonCoreTests", dependencies: ["ColophonCore", "ColophonSamples"], swiftSettings: settings),
        .testTarget(
            name: "ColophonBlobsTests",
            dependencies: [
                "ColophonBlobs", "ColophonCore", "ColophonProcesses", "ColophonStore", "ColophonTestSupport", asyncHTTPClient, crypto,
                nioCore,
                nioHTTP1,
            ], swiftSettings: settings),
        .testTarget(name: "ColophonFormatsTests", dependencies: ["ColophonFormats", "DoclingDocument"], swiftSettings: settings),
        .testTarget(
            name: "ColophonMappingTests",
            dependencies: ["ColophonLayout", "ColophonMapping", "ColophonSamples", "DoclingDocument"], swiftSettings: settings),
        // A reader that has been taken over.
        .executableTarget(name: "colophon-hostile", dependencies: ["CSandbox"], path: "Tests/Hostile"),
        .testTarget(
            name: "ColophonChildTests",
            dependencies: ["ColophonChild", "ColophonProcesses", "ColophonSamples", "ColophonTestSupport", "colophon-hostile"],
            swiftSettings: settings),
        .testTarget(
            name: "ColophonExtractionTests",
            dependencies: [
                "ColophonChild", "ColophonCore", "ColophonExtraction", "ColophonMapping", "ColophonProcesses", "ColophonSamples",
                "ColophonTestSupport", "DoclingDocument", "colophon", "colophon-extract",
            ], swiftSettings: settings),
        .testTarget(
            name: "ColophonPipelineTests",
            dependencies: [
                "ColophonCore", "ColophonExtraction", "ColophonMapping", "ColophonPipeline", "ColophonStore", "ColophonTestSupport",
                "DoclingDocument", lifecycle, logging,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "ColophonTransportTests",
            dependencies: ["ColophonCore", "ColophonProcesses", "ColophonStore", "ColophonTestSupport", "ColophonTransport", logging],
            swiftSettings: settings),
        .testTarget(
            name: "ColophonUpkeepTests",
            dependencies: [
                "ColophonBlobs", "ColophonCore", "ColophonStore", "ColophonTestSupport", "ColophonUpkeep", crypto, logging, nioCore,
                nioHTTP1,
            ], swiftSettings: settings),
        .testTarget(
            name: "ColophonServerTests",
            dependencies: [
                "ColophonAPI", "ColophonCore", "ColophonServer", "ColophonStreams", "ColophonTestSupport", "DoclingDocument", hummingbird,
                hummingbirdTesting,
                .product(name: "HummingbirdCore", package: "hummingbird"), httpTypes, lifecycle, logging, nioCore, nioPosix,
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ], swiftSettings: settings),
        .testTarget(
            name: "ColophonClientTests",
            dependencies: ["ColophonAPI", "ColophonClient", "ColophonProcesses", "ColophonSamples", "ColophonTestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "SimulationTests",
            dependencies: ["ColophonCore", "ColophonProcesses", "ColophonSimulation", "ColophonTestSupport", "colophon-sim"],
            swiftSettings: settings),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "ColophonAPI", "ColophonBlobs", "ColophonClient", "ColophonCore", "ColophonProcesses", "ColophonSamples",
                "ColophonStreams", "ColophonTestSupport", "colophon", "colophon-chaos", "colophon-extract", asyncHTTPClient, nioCore,
                nioHTTP1,
            ], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
