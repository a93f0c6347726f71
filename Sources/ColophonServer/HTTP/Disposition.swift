import ColophonAPI

/// A `Content-Disposition` (RFC 6266), with the name in both spellings (RFC 8187).
enum Disposition: String {
    /// The browser saves.
    case attachment
    /// The browser shows: only for what cannot act, such as an image that we made.
    case inline

    func named(_ name: String) -> String {
        // A name is no path, whatever is made of it on the other side.
        let name = String(name.map { $0 == "/" || $0 == "\\" ? "_" : $0 })
        let ascii = String(
            name.unicodeScalars.map { scalar in
                scalar.value >= 0x20 && scalar.value < 0x7F && scalar != "\"" && scalar != "\\" && scalar != "%" ? Character(scalar) : "_"
            })
        return
            "\(rawValue); filename=\"\(ascii)\"; filename*=UTF-8''\(PercentEncoding.encode(name, keeping: PercentEncoding.attributeCharacters))"
    }
}
