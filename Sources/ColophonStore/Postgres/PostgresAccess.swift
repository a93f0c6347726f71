import ColophonCore

/// How a transaction's statements find their rows, which decides how they are planned and how long they may take.
enum PostgresAccess {
    case byKey, inOrder, wholeTables, schema
}

/// What sessions and transactions are told before they begin.
extension PostgresSettings {
    var sessionSQL: String {
        // The server, too, must notice a host that vanished: it would keep its connections for hours, until it has none left for others.
        //
        // Every statement finds its rows by a key or walks an index in order, and is planned once in a while, not each time. Statistics are no
        // guide: gathered over an empty table they lead to reading all of it, however many rows it has by the time; gathered while an old
        // snapshot is open they tell of few living rows, and lead to reading and sorting all of an index, its dead entries too.
        """
        SET statement_timeout = \(statementTimeout.wholeMilliseconds);
        SET idle_in_transaction_session_timeout = \(idleTransactionTimeout.wholeMilliseconds);
        SET tcp_keepalives_idle = 5;
        SET tcp_keepalives_interval = 2;
        SET tcp_keepalives_count = 3;
        SET tcp_user_timeout = 10000;
        SET client_min_messages = warning;
        SET enable_seqscan = off;
        SET enable_bitmapscan = off;
        SET jit = off;
        SET plan_cache_mode = force_generic_plan
        """
    }

    /// - Returns: What follows BEGIN, and the longest that the server may then take for a statement.
    func limits(of access: PostgresAccess) -> (sql: String, statementTimeout: Duration) {
        switch access {
        case .byKey: return ("", statementTimeout)
        case .inOrder:
            // A sort only where there is no other way, and joins row by row: what is joined is few, whatever the statistics say.
            let plans = "; SET LOCAL enable_sort = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
            return (plans, statementTimeout)
        case .wholeTables:
            let scans = "; SET LOCAL enable_seqscan = on; SET LOCAL enable_bitmapscan = on"
            let idle = "; SET LOCAL idle_in_transaction_session_timeout = \(surveyTimeout.wholeMilliseconds)"
            return ("\(scans)\(idle); SET LOCAL statement_timeout = \(surveyTimeout.wholeMilliseconds)", surveyTimeout)
        case .schema: return ("; SET LOCAL statement_timeout = \(migrationTimeout.wholeMilliseconds)", migrationTimeout)
        }
    }
}
