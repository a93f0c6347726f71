/// The elements of HTML that the reader knows; all others are `other` and stand for nothing but their content.
enum HTMLTag: String, CaseIterable, Hashable {
    /// Not elements: the root of a tree and its texts.
    case root = "#root"
    case text = "#text"
    case other = "#other"
    case a, address, annotation, area, article, aside, audio, b, base, blockquote, body, br, button, canvas, caption, center, code, col
    case colgroup, datalist, dd, del, details, dfn, dialog, dir, div, dl, dt, em, embed, fieldset, figcaption, figure, footer, form, frame
    case frameset, h1, h2, h3, h4, h5, h6, head, header, hgroup, hr, html, i, iframe, img, input, ins, kbd, label, legend, li, link
    case listing, main, math, menu, meta, nav, noembed, noframes, noscript, object, ol, optgroup, option, p, param, plaintext, pre, rp, rt
    case s, samp, script, search, section, select, source, span, strike, strong, style, sub, summary, sup, svg, table, tbody, td, template
    case textarea, tfoot, th, thead, title, tr, track, u, ul, `var`, video, wbr, xmp
    case annotationXML = "annotation-xml"

    private static let byName: [String: HTMLTag] = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
    private static let nameBytesMax = 16

    /// The tag of a name in any case.
    init(name: ArraySlice<UInt8>) {
        guard name.count <= HTMLTag.nameBytesMax else {
            self = .other
            return
        }
        self = HTMLTag.byName[name.map(\.lowercasedASCII).string] ?? .other
    }

    /// Whether the element has no content and no end tag.
    var isVoid: Bool {
        switch self {
        case .area, .base, .br, .col, .embed, .frame, .hr, .img, .input, .link, .meta, .param, .source, .track, .wbr: true
        default: false
        }
    }

    /// Whether the content is characters alone, up to the end tag.
    var isRawText: Bool {
        switch self {
        case .script, .style, .iframe, .noembed, .noframes, .noscript, .xmp, .textarea, .title, .plaintext: true
        default: false
        }
    }

    /// Whether references to characters count in raw text.
    var decodesRawText: Bool { self == .textarea || self == .title }

    /// Whether the element never shows text of the page.
    var isDropped: Bool {
        switch self {
        case .script, .style, .iframe, .noembed, .noframes, .noscript, .template, .svg, .audio, .video, .canvas, .datalist, .annotation,
            .annotationXML, .rp, .textarea, .head, .frameset:
            true
        default: false
        }
    }

    /// Whether the element stands in a line of its own, and so ends a paragraph before it.
    var isBlock: Bool {
        switch self {
        case .address, .article, .aside, .blockquote, .caption, .center, .dd, .details, .dialog, .dir, .div, .dl, .dt, .fieldset,
            .figcaption, .figure, .footer, .form, .h1, .h2, .h3, .h4, .h5, .h6, .header, .hgroup, .hr, .legend, .li, .listing, .main, .menu,
            .nav, .ol, .optgroup, .option, .p, .plaintext, .pre, .search, .section, .summary, .table, .tbody, .td, .tfoot, .th, .thead, .tr,
            .ul, .xmp:
            true
        default: false
        }
    }

    /// 1 to 6 for `h1` to `h6`.
    var headingLevel: Int? {
        switch self {
        case .h1: 1
        case .h2: 2
        case .h3: 3
        case .h4: 4
        case .h5: 5
        case .h6: 6
        default: nil
        }
    }

    /// Whether an end tag outside of the element does not reach into it, as with the cells of a table.
    var isScopeBorder: Bool { self == .td || self == .th || self == .caption || self == .table }

    /// How the element sets its text.
    var marks: InlineStyle.Marks? {
        switch self {
        case .b, .strong: .bold
        case .i, .em, .var: .italic
        case .u, .ins: .underline
        case .s, .strike, .del: .strikethrough
        case .sub: .sub
        case .sup: .super
        case .code, .kbd, .samp: .code
        default: nil
        }
    }
}
