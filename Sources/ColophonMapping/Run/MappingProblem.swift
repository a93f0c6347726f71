/// Why a document cannot be mapped; all of a document's problems are told at once.
package struct MappingProblem: Hashable, Sendable {
    package enum Code: String, Sendable, CaseIterable {
        /// A value that must be there was not found.
        case fieldMissing = "FIELD_MISSING"
        /// What was found cannot be that value.
        case valueInvalid = "VALUE_INVALID"
        /// A value is not in the mapping's table of such values.
        case unknownValue = "UNKNOWN_VALUE"
        /// Values contradict each other, such as totals that do not add up.
        case checkFailed = "CHECK_FAILED"
        /// A calculation could not be done.
        case calculation = "CALCULATION"
        /// The operator has not set what the mapping needs.
        case settingMissing = "SETTING_MISSING"
        /// The electronic invoice that the document carries cannot be read.
        case embeddedUnreadable = "EMBEDDED_UNREADABLE"
        /// The document has more pages or lines than a mapping reads.
        case tooLarge = "TOO_LARGE"
    }

    package var code: Code
    /// Its name; nil where it is about no field. A list's lines are `items[2].quantity`, from 1.
    package var field: String?
    /// A sentence for people.
    package var message: String
    package var places: [ValuePlace]

    init(_ code: Code, field: String? = nil, _ message: String, places: [ValuePlace] = []) {
        self.code = code
        self.field = field
        self.message = message
        self.places = Array(places.prefix(MappedValue.placesMax))
    }
}
