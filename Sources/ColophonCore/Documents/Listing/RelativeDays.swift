/// Days that are named by today's, in UTC.
enum RelativeDays {
    static let words = "today, yesterday, tomorrow, this_week, last_week, this_month, last_month or past_N_days"
    private static let daysMax: Int64 = 3650

    /// The first and last millisecond of the days; nil for an unknown word.
    ///
    /// Weeks begin on Monday. `past_N_days` is today and the N days before it.
    static func range(_ word: String, now: Timestamp) -> ClosedRange<Int64>? {
        let today = Timestamp.floorDivide(now.milliseconds, Timestamp.millisecondsADay)
        // The first of January 1970 was a Thursday.
        let monday = today - ((today + 3) % 7 + 7) % 7
        let (year, month) = now.yearAndMonth
        let thisMonth = Timestamp.daysSince1970(year, month, 1)
        switch word {
        case "today": return days(today, 1)
        case "yesterday": return days(today - 1, 1)
        case "tomorrow": return days(today + 1, 1)
        case "this_week": return days(monday, 7)
        case "last_week": return days(monday - 7, 7)
        case "this_month":
            let next = month == 12 ? Timestamp.daysSince1970(year + 1, 1, 1) : Timestamp.daysSince1970(year, month + 1, 1)
            return days(thisMonth, next - thisMonth)
        case "last_month":
            let last = month == 1 ? Timestamp.daysSince1970(year - 1, 12, 1) : Timestamp.daysSince1970(year, month - 1, 1)
            return days(last, thisMonth - last)
        default:
            let parts = word.split(separator: "_", omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0] == "past", parts[2] == "days", let count = Int64(parts[1]), (1...daysMax).contains(count)
            else {
                return nil
            }
            return days(today - count, count + 1)
        }
    }

    private static func days(_ first: Int64, _ count: Int64) -> ClosedRange<Int64> {
        first * Timestamp.millisecondsADay...(first + count) * Timestamp.millisecondsADay - 1
    }
}
