import DoclingDocument

/// Finds the pictures and charts that lie on a sheet.
enum SheetPictures {
    /// The cells that each covers, in the order of the drawing.
    static func boxes(of sheet: String, package: inout OfficePackage) throws(FormatFailure) -> [BoundingBox] {
        guard let path = OfficePackage.target("drawing", in: try package.relationships(of: sheet)), let root = try package.part(path)
        else { return [] }
        return root.effectiveChildren.compactMap { anchor in
            guard anchor.name.local.hasSuffix("Anchor"), anchor.effectiveChildren.contains(where: isPicture) else { return nil }
            let (left, top) = place(anchor.child("from")) ?? (0, 0)
            let (right, bottom) = place(anchor.child("to")) ?? (left, top)
            return BoundingBox(left: left, top: top, right: max(right, left) + 1, bottom: max(bottom, top) + 1)
        }
    }

    private static func isPicture(_ element: XMLElement) -> Bool {
        switch element.name.local {
        case "pic", "graphicFrame": true
        case "grpSp": element.effectiveChildren.contains(where: isPicture)
        default: false
        }
    }

    private static func place(_ marker: XMLElement?) -> (Double, Double)? {
        guard let column = marker?.child("col").flatMap({ Int($0.text) }), let row = marker?.child("row").flatMap({ Int($0.text) }),
            (0..<Worksheet.columnsMax).contains(column), (0..<Worksheet.rowsMax).contains(row)
        else { return nil }
        return (Double(column), Double(row))
    }
}
