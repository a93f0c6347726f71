/// What a parser meets next in a document.
package enum XMLEvent {
    case start(XMLName, XMLAttributes)
    case end(XMLName)
    /// A piece of text or of a CDATA section, references resolved; a text may come in several pieces.
    case text(String)
}
