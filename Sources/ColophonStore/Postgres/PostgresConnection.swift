import CPQ
import ColophonCore
import Foundation

/// One connection to a PostgreSQL server, with its prepared statements. Used by one thread.
final class PostgresConnection: SQLConnection {
    private let handle: OpaquePointer
    private let settings: PostgresSettings
    private var statements: [String: PostgresStatement] = [:]
    /// Those of very many texts, of which the last used are kept.
    private var varying = RecentStatements()
    private var statementCount = 0
    private var plannedUntil: ContinuousClock.Instant
    /// The longest that the server may take for a statement of the transaction that is open.
    private var statementTimeout: Duration
    var dialect: SQLDialect { .postgres }

    /// Statements are few and their texts fixed; a text that varies with data would grow this without bound.
    private static let statementsMax = 500

    /// Connects and sets the session's limits.
    ///
    /// - Throws: `PostgresFailure`.
    init(_ settings: PostgresSettings) throws {
        self.settings = settings
        plannedUntil = .now + settings.planLife
        statementTimeout = settings.statementTimeout
        let options: [(String, String)] = [
            ("dbname", settings.url), ("application_name", "colophon"), ("client_encoding", "UTF8"),
            ("connect_timeout", "\(max(2, settings.connectTimeout.components.seconds))"),
            // A host that vanished is noticed within some ten seconds, not by the operating system's two hours.
            ("keepalives_idle", "5"), ("keepalives_interval", "2"), ("keepalives_count", "3"), ("tcp_user_timeout", "10000"),
        ]
        let names = options.map { strdup($0.0) } + [nil]
        let values = options.map { strdup($0.1) } + [nil]
        defer { for text in names + values { free(text) } }
        let handle = names.map { UnsafePointer($0) }.withUnsafeBufferPointer { names in
            values.map { UnsafePointer($0) }.withUnsafeBufferPointer { PQconnectdbParams(names.baseAddress, $0.baseAddress, 1) }
        }
        guard let handle else { throw PostgresFailure(sqlState: nil, message: "no memory for a connection", isConnectionLost: true) }
        self.handle = handle
        guard PQstatus(handle) == CONNECTION_OK else {
            let message = String(cString: PQerrorMessage(handle))
            throw PostgresFailure(sqlState: Self.stateInConnectMessage(message), message: message, isConnectionLost: true)
        }
        _ = PQsetnonblocking(handle, 1)
        try command(settings.sessionSQL)
    }

    /// Also when `init` threw.
    deinit { PQfinish(handle) }

    var isUsable: Bool { PQstatus(handle) == CONNECTION_OK }
    var socket: Int32 { PQsocket(handle) }

    /// Begins a transaction, with the injected time where there is one.
    func begin(_ mode: String = "", _ access: PostgresAccess = .byKey) throws {
        statementTimeout = settings.statementTimeout
        try discardOldPlans()
        let limits = settings.limits(of: access)
        let time = settings.clock.map { "; SET LOCAL colophon.now = '\($0.now().milliseconds)'" } ?? ""
        try command("BEGIN \(mode)\(limits.sql)\(time)")
        // Only now: a server that is frozen must be noticed as soon as ever.
        statementTimeout = limits.statementTimeout
    }

    /// Tables grow: the plan that a join was given when its table was empty must not outlive that for long.
    private func discardOldPlans() throws {
        let now = ContinuousClock.now
        if now < plannedUntil { return }
        // A command of its own: a transaction that begins in one with it would have begun before it could say what it is.
        try command("DISCARD PLANS")
        plannedUntil = now + settings.planLife
    }

    /// Commits the transaction.
    ///
    /// - Throws: `PostgresFailure`, also when the server rolled back instead: it answers a COMMIT after a failed statement that way, and
    ///   calls that no error.
    func commit() throws {
        guard PQsendQuery(handle, "COMMIT") == 1 else { throw failure() }
        guard try result().tag == "COMMIT" else {
            throw PostgresFailure(sqlState: "25P02", message: "the transaction had failed, and was rolled back", isConnectionLost: false)
        }
    }

    /// Runs one or more statements without parameters.
    func command(_ sql: String) throws {
        guard PQsendQuery(handle, sql) == 1 else { throw failure() }
        try finish()
    }

    func execute(_ sql: String, _ values: [SQLValue]) throws -> Int {
        let result = try run(sql, values).result
        return result.affected
    }

    func rows(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow] {
        let (statement, result) = try run(sql, values)
        return try result.rows(of: statement)
    }

    /// Channels that others notified since the last call, from what has arrived.
    func notifications() throws -> [String] {
        guard PQconsumeInput(handle) == 1 else { throw failure() }
        var channels: [String] = []
        while let notification = PQnotifies(handle) {
            if notification.pointee.be_pid != PQbackendPID(handle) { channels.append(String(cString: notification.pointee.relname)) }
            PQfreemem(notification)
        }
        return channels
    }

    func rows(varying sql: String, _ values: [SQLValue]) throws -> [SQLRow] {
        let statement = try varyingStatement(sql)
        return try run(statement, values).rows(of: statement)
    }

    private func run(_ sql: String, _ values: [SQLValue]) throws -> (statement: PostgresStatement, result: PostgresResult) {
        let statement = try prepared(sql)
        return (statement, try run(statement, values))
    }

    private func run(_ statement: PostgresStatement, _ values: [SQLValue]) throws -> PostgresResult {
        let parameters = PostgresParameters(values)
        let sent = parameters.withPointers { PQsendQueryPrepared(handle, statement.name, Int32(values.count), $0, $1, $2, 0) }
        guard sent == 1 else { throw failure() }
        return try result()
    }

    private func prepared(_ sql: String) throws -> PostgresStatement {
        if let known = statements[sql] { return known }
        precondition(statements.count < Self.statementsMax, "statement texts must not vary with data")
        let statement = try prepare(sql)
        statements[sql] = statement
        return statement
    }

    private func varyingStatement(_ sql: String) throws -> PostgresStatement {
        if let known = varying.use(sql) { return known }
        if let old = varying.makeRoom() { try command("DEALLOCATE \(old.name)") }
        let statement = try prepare(sql)
        varying.add(statement, for: sql)
        return statement
    }

    private func prepare(_ sql: String) throws -> PostgresStatement {
        statementCount += 1
        let statement = PostgresStatement(name: "s\(statementCount)")
        guard PQsendPrepare(handle, statement.name, PostgresStatement.numbered(sql), 0, nil) == 1 else { throw failure() }
        try finish()
        return statement
    }

    /// Waits for everything that the last send makes the server answer, and returns the first of it.
    private func result() throws -> PostgresResult {
        try flush()
        var first: PostgresResult?
        while true {
            try waitForInput()
            guard let next = PQgetResult(handle) else { break }
            let result = PostgresResult(next)
            if first == nil || result.failure != nil { first = result }
        }
        guard let first else { throw failure() }
        if var failure = first.failure {
            failure.isConnectionLost = !isUsable
            throw failure
        }
        return first
    }

    private func finish() throws { _ = try result() }

    private func flush() throws {
        let end = ContinuousClock.now + deadline
        while true {
            switch PQflush(handle) {
            case 0: return
            case 1: try wait(POLLIN | POLLOUT, until: end)
            default: throw failure()
            }
            guard PQconsumeInput(handle) == 1 else { throw failure() }
        }
    }

    private func waitForInput() throws {
        let end = ContinuousClock.now + deadline
        while PQisBusy(handle) == 1 {
            try wait(POLLIN, until: end)
            guard PQconsumeInput(handle) == 1 else { throw failure() }
        }
    }

    /// The server ends a statement that takes too long; a server that is frozen or cut off does not, so we wait little longer than that.
    private var deadline: Duration { statementTimeout + .seconds(5) }

    private func wait(_ events: Int32, until end: ContinuousClock.Instant) throws {
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(events), revents: 0)
        while true {
            let left = ContinuousClock.now.duration(to: end).wholeMilliseconds
            let ready = left > 0 ? poll(&descriptor, 1, Int32(clamping: left)) : 0
            if ready > 0 { return }
            if ready < 0 && errno == EINTR { continue }
            // Nothing more can be done with it: an answer that comes late would be taken for another's.
            shutdown(PQsocket(handle), Int32(SHUT_RDWR))
            throw PostgresFailure(sqlState: nil, message: "the server did not answer in time", isConnectionLost: true)
        }
    }

    private func failure() -> PostgresFailure {
        PostgresFailure(sqlState: nil, message: String(cString: PQerrorMessage(handle)), isConnectionLost: true)
    }

    /// libpq gives no code for a refused connection; its words and the server's for those that an operator can mend are fixed in English.
    private static func stateInConnectMessage(_ message: String) -> String? {
        if message.contains("password authentication failed") || message.contains("no pg_hba.conf entry") { return "28P01" }
        if message.contains("database") && message.contains("does not exist") { return "3D000" }
        if message.contains("certificate") || message.contains("does not support SSL") { return PostgresFailure.tlsRefused }
        return nil
    }
}
