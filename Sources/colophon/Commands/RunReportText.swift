import ColophonAPI
import Foundation

/// A run's report for a person: what it is, why it moves or does not, and what was tried.
struct RunReportText {
    let report: RunReport

    var lines: [String] {
        let run = report.run
        var lines = [
            "run \(run.runId), #\(run.number) of \(run.documentId): \(run.status)",
            "pages \(run.pagesCompleted) of \(run.pagesTotal.map(String.init) ?? "?"), attempt \(run.attempt), by \(run.extractor) "
                + run.extractorVersion,
            "made \(run.createdAt)" + (run.completedAt.map { ", ended \($0)" } ?? ", last changed \(ago(run.updatedAt))"),
        ]
        if let error = run.error { lines.append("error \(error.code): \(error.message)") }
        lines += run.warnings.map { "warning \($0.code): \($0.message)" }
        lines += waiting + held
        if !report.attempts.isEmpty { lines.append("attempts:") }
        return lines + report.attempts.map(line)
    }

    private var waiting: [String] {
        guard let queue = report.queue else {
            return report.run.status == "queued" ? ["it waits, but has no place in the queue: run colophon fsck on the server"] : []
        }
        let position = queue.positionIsMinimum ? "\(queue.position) or later" : "\(queue.position)"
        var lines = ["queue: position \(position) in its workspace (workspaces take turns), \(queue.processing) being processed"]
        if queue.priority != 0 { lines.append("its priority lets others go first that come within \(queue.priority) s after it") }
        if let next = report.nextRetryAt {
            lines.append("next attempt \(next), in \(span(from: report.asOf, to: next))")
        } else {
            lines.append("due since \(queue.dueAt), \(ago(queue.dueAt))")
            if queue.position == 1 && queue.processing == 0 && seconds(from: queue.dueAt, to: report.asOf) ?? 0 > 5 {
                lines.append("nobody has taken it, though it is its turn: is a worker running, and free?")
            }
        }
        return lines
    }

    private var held: [String] {
        guard let lease = report.lease else { return [] }
        let beat = lease.lastHeartbeatAt.map { "last sign of life \(ago($0))" } ?? "no sign of life yet"
        let left = seconds(from: report.asOf, to: lease.expiresAt) ?? 0
        let end =
            left > 0 ? "its lease lasts \(Self.text(left)) more" : "its lease ended \(Self.text(-left)) ago: the run goes to another worker"
        return ["held by worker \(lease.worker): \(beat), \(end)"]
    }

    private func line(_ attempt: AttemptOut) -> String {
        let lasted =
            attempt.endedAt.map { span(from: attempt.startedAt, to: $0) } ?? "\(span(from: attempt.startedAt, to: report.asOf)) so far"
        let outcome = attempt.outcome ?? "goes on"
        let error = attempt.error.map { " \($0.code): \($0.message)" } ?? ""
        return "  #\(attempt.number) \(attempt.startedAt), \(lasted): \(outcome)\(error)" + (attempt.worker.map { " (worker \($0))" } ?? "")
    }

    private func ago(_ time: String) -> String { "\(span(from: time, to: report.asOf)) ago" }

    private func span(from start: String, to end: String) -> String { seconds(from: start, to: end).map(Self.text) ?? "?" }

    private func seconds(from start: String, to end: String) -> Double? {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let start = try? style.parse(start), let end = try? style.parse(end) else { return nil }
        return end.timeIntervalSince(start)
    }

    /// A length of time in the largest unit that fits, `4.2 s` or `3 min`.
    static func text(_ seconds: Double) -> String {
        switch seconds {
        case ..<120: "\((max(0, seconds) * 10).rounded() / 10) s"
        case ..<7200: "\(Int(seconds / 60)) min"
        case ..<172_800: "\(Int(seconds / 3600)) h"
        default: "\(Int(seconds / 86_400)) days"
        }
    }
}
