import ColophonAPI
import ColophonCore
import DoclingDocument

/// Core's words in the API's.
extension NodeList.Node {
    init(_ node: ResultNode) {
        self.init(
            id: node.id, type: node.kind.rawValue, label: node.label, text: node.text, pageNumber: node.pageNumber,
            bbox: node.box.map { NodeList.Box($0) },
            // Nobody verifies nodes here.
            status: "pending")
    }
}

extension NodeList.Box {
    fileprivate init(_ box: BoundingBox) {
        self.init(l: box.left, t: box.top, r: box.right, b: box.bottom, coordOrigin: box.origin.rawValue)
    }
}
