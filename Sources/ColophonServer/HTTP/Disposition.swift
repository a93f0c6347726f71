import ColophonAPI

/// A `Content-Disposition` that saves rather than shows (RFC 6266), with the name in both spellings (RFC 8187).
enum Disposition {
    static func attachment(_ name: String) -> String {
        let ascii = String(
            name.unicodeScalars.map { scalar in
                scalar.value >= 0x20 && scalar.value < 0x7F && scalar != "\"" && scalar != "\\" && scalar != "%" ? Character(scalar) : "_"
            })
        return
            "attachment; filename=\"\(ascii)\"; filename*=UTF-8''\(PercentEncoding.encode(name, keeping: PercentEncoding.attributeCharacters))"
    }
}
