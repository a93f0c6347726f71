import ColophonCore
import ColophonUpkeep

/// The report's JSON.
struct FsckRecord: Encodable {
    struct Finding: Encodable {
        var code: String
        var workspace: String?
        var document: String?
        var run: String?
        var blob: String?
        var message: String
        /// `repairable`, `repaired` or `left`.
        var outcome: String
        var detail: String?
    }

    var documents: Int
    var blobs: Int
    var bytes: Int64
    var youngBlobs: Int
    var repaired: Int
    var left: Int
    /// The first 10,000.
    var findings: [Finding]

    init(_ report: FsckReport) {
        (documents, blobs, bytes) = (report.documents, report.blobs, report.bytes)
        (youngBlobs, repaired, left) = (report.youngBlobs, report.repaired, report.left)
        findings = report.findings.map { finding in
            let (outcome, detail): (String, String?) =
                switch finding.outcome {
                case .repairable: ("repairable", nil)
                case .repaired(let done): ("repaired", done)
                case .needs(let remedy): ("left", remedy)
                }
            return Finding(
                code: finding.code, workspace: finding.workspace?.rawValue, document: finding.document?.rawValue,
                run: finding.run?.rawValue, blob: finding.blob, message: finding.message, outcome: outcome, detail: detail)
        }
    }
}
