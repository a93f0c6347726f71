import ColophonCore
import HTTPTypes

/// An error whose answer needs headers of its own.
struct AnswerError: Error {
    var error: ColophonError
    var headers: HTTPFields
}
