import Foundation

/// How mappings and what is in them may be called.
package enum MappingName {
    private static let lengthMax = 64

    /// Whether a mapping may be called so: `<domain>_<customer>_invoice_v1`.
    package static func isValid(_ name: String) -> Bool {
        guard isPart(name), let version = name.range(of: "_v", options: .backwards) else { return false }
        let number = name[version.upperBound...]
        return !number.isEmpty && number.first != "0" && number.allSatisfy { $0.isASCII && $0.isNumber }
            && version.lowerBound > name.startIndex
    }

    static func isPart(_ name: String) -> Bool {
        guard let first = name.utf8.first, (0x61...0x7A).contains(first), name.utf8.count <= lengthMax else { return false }
        return name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }
}
