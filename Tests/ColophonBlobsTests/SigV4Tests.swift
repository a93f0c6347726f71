import ColophonCore
import Crypto
import Foundation
import Testing

@testable import ColophonBlobs

/// Values that Amazon has published: the examples of the S3 API reference, and the Signature Version 4 test suite.
@Suite struct SigV4Tests {
    struct Vector: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var method = "GET"
        var path = "/"
        var query: [(name: String, value: String)] = []
        var headers: [(name: String, value: String)] = []
        var payload = SigV4.emptyPayload
        var signature: String
    }

    static let reference = SigV4(
        credentials: S3Credentials(accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        region: "us-east-1")
    /// 2013-05-24T00:00:00Z.
    static let referenceTime = Timestamp(milliseconds: 1_369_353_600_000)
    static let referenceHost = "examplebucket.s3.amazonaws.com"

    /// "Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk".
    @Test(arguments: [
        Vector(
            testDescription: "GET object", path: "/test.txt", headers: [("Range", "bytes=0-9")],
            signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
        Vector(
            testDescription: "PUT object", method: "PUT", path: "/test$file.text",
            headers: [("Date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")],
            payload: "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
            signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
        Vector(
            testDescription: "GET bucket lifecycle", query: [("lifecycle", "")],
            signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        Vector(
            testDescription: "list objects", query: [("prefix", "J"), ("max-keys", "2")],
            signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
    ])
    func `the examples of the S3 reference are signed as Amazon signs them`(vector: Vector) {
        let headers =
            vector.headers + [
                ("host", Self.referenceHost), ("x-amz-content-sha256", vector.payload), ("x-amz-date", SigV4.date(Self.referenceTime)),
            ]
        let authorization = Self.reference.authorization(
            method: vector.method, path: vector.path, query: vector.query, headers: headers, payload: vector.payload, at: Self.referenceTime
        )
        #expect(authorization.hasSuffix(",Signature=\(vector.signature)"))
        #expect(authorization.hasPrefix("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"))
    }

    /// "Authenticating Requests: Using Query Parameters".
    @Test func `the example of a presigned address is signed as Amazon signs it`() {
        let query = Self.reference.presignedQuery(
            method: "GET", host: Self.referenceHost, path: "/test.txt", query: [], expiresSeconds: 86400, at: Self.referenceTime)
        #expect(
            query == "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404")
    }

    static let suite = SigV4(
        credentials: S3Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        region: "us-east-1", service: "service")
    /// 2015-08-30T12:36:00Z.
    static let suiteTime = Timestamp(milliseconds: 1_440_938_160_000)

    @Test(arguments: [
        Vector(testDescription: "get-vanilla", signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        Vector(
            testDescription: "get-vanilla-query-order-key-case", query: [("Param2", "value2"), ("Param1", "value1")],
            signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
        Vector(
            testDescription: "get-vanilla-utf8-query", query: [("\u{1234}", "bar")],
            signature: "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"),
        Vector(
            testDescription: "get-utf8", path: "/\u{1234}", signature: "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
        Vector(
            testDescription: "get-space", path: "/example space/",
            signature: "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"),
        Vector(
            testDescription: "get-unreserved", path: "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
            signature: "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"),
        Vector(
            testDescription: "post-vanilla", method: "POST", signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
        ),
    ])
    func `requests of the test suite are signed as it says`(vector: Vector) {
        let headers: [SigV4.Pair] = [("Host", "example.amazonaws.com"), ("X-Amz-Date", "20150830T123600Z")]
        let authorization = Self.suite.authorization(
            method: vector.method, path: vector.path, query: vector.query, headers: headers, payload: vector.payload, at: Self.suiteTime)
        #expect(authorization.hasSuffix(",SignedHeaders=host;x-amz-date,Signature=\(vector.signature)"))
    }

    /// "Deriving a signing key" in the General Reference.
    @Test func `the signing key is derived as in the published example`() {
        let signer = SigV4(credentials: Self.suite.credentials, region: "us-east-1", service: "iam")
        let key = signer.signingKey(day: "20150830").withUnsafeBytes { Hex.encode(Array($0)) }
        #expect(key == "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9")
    }

    @Test func `blanks in a header's value are one blank, and none at its ends`() {
        let request = SigV4.canonicalRequest(
            method: "GET", path: "/", query: [], headers: [("My-Header2", "  \"a   b   c\" "), ("my-header1", "a b")], payload: "-")
        #expect(request == "GET\n/\n\nmy-header1:a b\nmy-header2:\"a b c\"\n\nmy-header1;my-header2\n-")
    }

    @Test func `blanks, plus signs, slashes and letters of other scripts are encoded as S3 wants them`() {
        #expect(URIEncoding.encode("a b+c/ä~日", keepsSlash: true) == "a%20b%2Bc/%C3%A4~%E6%97%A5")
        #expect(URIEncoding.encode("a/b=c&d") == "a%2Fb%3Dc%26d")
        #expect(URIEncoding.query([("b", "2"), ("a", "ü 1"), ("B", ""), ("a", "0")]) == "B=&a=%C3%BC%201&a=0&b=2")
    }

    @Test func `a session's token is part of what a presigned address signs`() {
        let credentials = S3Credentials(accessKeyID: "id", secretAccessKey: "secret", sessionToken: "to/ken")
        let query = SigV4(credentials: credentials, region: "us-east-1").presignedQuery(
            method: "GET", host: "h", path: "/", query: [], expiresSeconds: 1, at: Self.suiteTime)
        #expect(query.contains("&X-Amz-Security-Token=to%2Fken&"))
    }
}
