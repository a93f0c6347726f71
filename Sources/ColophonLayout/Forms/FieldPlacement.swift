import CPDFium

/// Puts what fields hold in the line of their labels: it comes behind all other text of a page.
struct FieldPlacement {
    let transform: PageTransform
    let page: Box

    /// How far a box to tick may stand from its label, in heights of the box, and a text from its own, in points.
    private static let tickReach: Float = 4
    private static let textReach: Float = 200

    /// Fields times glyphs: of a page with more, nothing is moved.
    private static let workMax = 20_000_000

    /// - Parameter own: How many glyphs the page draws itself. Those behind are what fields show; what the page draws below a field, such as a
    ///   line of dots to write on, stays where it is.
    /// - Complexity: O(glyphs) for each field.
    func place(_ fields: [FormField], into glyphs: inout [Glyph], behind own: Int) {
        guard !fields.isEmpty, fields.count * glyphs.count <= Self.workMax else { return }
        var held = Array(glyphs.dropFirst(own))
        glyphs.removeSubrange(min(own, glyphs.count)...)
        for field in fields {
            let place = field.place
            let whole = transform.box(left: place.left, bottom: place.bottom, right: place.right, top: place.top)
            guard whole.x0.isFinite, whole.y0.isFinite, whole.x1.isFinite, whole.y1.isFinite else { continue }
            // A field may say to be anywhere.
            let box = whole.intersection(page)
            if box.isEmpty { continue }
            let content = held.filter { box.containsCentre(of: $0.box) }
            held.removeAll { box.containsCentre(of: $0.box) }
            switch field.kind {
            case .button: glyphs.removeAll { box.containsCentre(of: $0.box) }
            case .tickBox(let isTicked):
                glyphs.removeAll { box.containsCentre(of: $0.box) }
                insert(TickMark.sign(isTicked: isTicked), box, into: &glyphs)
            case .text: insert(content, of: box, into: &glyphs)
            }
        }
        glyphs += held
    }

    /// The text of a field goes behind its label, which stands left of it.
    private func insert(_ content: [Glyph], of box: Box, into glyphs: inout [Glyph]) {
        guard !content.isEmpty else { return }
        guard let label = neighbours(of: box, in: glyphs, reach: Self.textReach).left else {
            glyphs += content
            return
        }
        var content = content
        content[0].flags.formUnion(.afterGap)
        // Otherwise it would be no part of what its author has told the structure of.
        for index in content.indices { content[index].element = glyphs[label].element }
        glyphs.insert(contentsOf: content, at: label + 1)
    }

    /// The sign takes the size and line of its label, which stands right of it, or else left.
    private func insert(_ sign: Unicode.Scalar, _ box: Box, into glyphs: inout [Glyph]) {
        let (left, right) = neighbours(of: box, in: glyphs, reach: Self.tickReach * box.height)
        guard let label = right ?? left else {
            glyphs.append(
                Glyph(box: box, baseline: box.y0 + 0.2 * box.height, size: box.height, scalar: sign, flags: .afterBreak, direction: 0))
            return
        }
        var mark = glyphs[label]
        mark.scalar = sign
        mark.box.x0 = box.x0
        mark.box.x1 = box.x1
        if right != nil {
            mark.flags.formIntersection(.afterBreak)
            glyphs[label].flags = glyphs[label].flags.subtracting(.afterBreak).union(.afterGap)
        } else {
            mark.flags = .afterGap
        }
        glyphs.insert(mark, at: right == nil ? label + 1 : label)
    }

    /// The nearest glyphs beside a box, at its height.
    private func neighbours(of box: Box, in glyphs: [Glyph], reach: Float) -> (left: Int?, right: Int?) {
        var left: (index: Int, gap: Float)?
        var right: (index: Int, gap: Float)?
        for (index, glyph) in glyphs.enumerated() where glyph.direction == 0 && !glyph.flags.contains(.space) {
            guard TickMark.isTicked(glyph.scalar) == nil, glyph.box.overlapY(box) > 0.4 * min(glyph.box.height, box.height) else {
                continue
            }
            let (toLeft, toRight) = (box.x0 - glyph.box.x1, glyph.box.x0 - box.x1)
            if toLeft > -1, toLeft < left?.gap ?? reach { left = (index, toLeft) }
            if toRight > -1, toRight < right?.gap ?? reach { right = (index, toRight) }
        }
        return (left?.index, right?.index)
    }
}
