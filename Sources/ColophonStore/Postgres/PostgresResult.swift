import CPQ
import ColophonCore
import Foundation

/// One answer of the server; freed with its last reference.
final class PostgresResult {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { PQclear(handle) }

    /// Why the server refused; nil when it did not.
    var failure: PostgresFailure? {
        switch PQresultStatus(handle) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: nil
        default:
            PostgresFailure(
                sqlState: PQresultErrorField(handle, Int32(UInt8(ascii: "C"))).map { String(cString: $0) },
                message: String(cString: PQresultErrorMessage(handle)), isConnectionLost: false)
        }
    }

    /// What the server says that it did, such as `COMMIT`.
    var tag: String { String(cString: PQcmdStatus(handle)) }

    /// How many rows the statement changed.
    var affected: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }

    func rows(of statement: PostgresStatement) throws -> [SQLRow] {
        let count = PQntuples(handle)
        if count == 0 { return [] }
        let columnCount = PQnfields(handle)
        let columns = statement.columns ?? names(columnCount)
        statement.columns = columns
        let types = (0..<columnCount).map { PQftype(handle, $0) }
        return try (0..<count).map { row in
            SQLRow(columns: columns, values: try (0..<columnCount).map { try value(row, $0, types[Int($0)]) })
        }
    }

    private func names(_ count: Int32) -> [String: Int] {
        Dictionary((0..<count).map { (String(cString: PQfname(handle, $0)), Int($0)) }) { first, _ in first }
    }

    private func value(_ row: Int32, _ column: Int32, _ type: Oid) throws -> SQLValue {
        if PQgetisnull(handle, row, column) == 1 { return .null }
        guard let start = PQgetvalue(handle, row, column) else { return .null }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(handle, row, column)))
        switch type {
        case 20, 21, 23, 1700:
            guard let number = Int64(String(decoding: bytes, as: UTF8.self)) else { break }
            return .integer(number)
        case 16: return .integer(bytes.first == UInt8(ascii: "t") ? 1 : 0)
        case 27: return .integer(try RowPlace(text: bytes).number)
        case 19, 25, 1043, 705: return .text(String(decoding: bytes, as: UTF8.self))
        case 17:
            guard let decoded = Hex.decode(bytes.dropFirst(2)) else { break }
            return .bytes(decoded)
        default: break
        }
        throw ColophonError(.internal, "The database answered with a value of type \(type), which Colophon does not store.")
    }
}
