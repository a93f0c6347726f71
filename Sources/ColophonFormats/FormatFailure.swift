/// Why a document of a known format cannot be read.
package enum FormatFailure: Error, Equatable {
    /// It is not what its format says; the sentence's end says what is wrong, in lower case and without a full stop.
    case damaged(String)
    /// It would take more than a limit allows.
    case tooLarge(String)
    /// It opens only with a password.
    case passwordProtected
}
