import ColophonCore
import Testing

@testable import ColophonBlobs

@Suite struct S3LocationTests {
    @Test func `a location of a server of one's own is reached by path`() throws {
        let location = try S3Location("s3://papers/team/a?endpoint=http://127.0.0.1:8333&region=eu-north-1", environment: [:])
        #expect(location.bucket == "papers" && location.prefix == "team/a/" && location.region == "eu-north-1")
        #expect(location.addressing == .path && location.host == "127.0.0.1:8333" && location.path(to: "team/a/x") == "/papers/team/a/x")
    }

    @Test func `a location of Amazon's is reached by the bucket's own host, in the region of the environment`() throws {
        let unset = try S3Location("s3://papers", environment: ["AWS_REGION": "", "AWS_DEFAULT_REGION": "us-west-2"])
        #expect(unset.region == "us-west-2")
        let location = try S3Location("s3://papers", environment: ["AWS_REGION": "eu-central-1", "AWS_DEFAULT_REGION": "us-east-1"])
        #expect(location.prefix == "" && location.addressing == .virtual && location.endpoint.scheme == "https")
        #expect(location.host == "papers.s3.eu-central-1.amazonaws.com" && location.path(to: "x") == "/x")
        #expect(try S3Location("s3://my.papers?region=cn-north-1", environment: [:]).host == "s3.cn-north-1.amazonaws.com.cn")
    }

    @Test(arguments: [
        ("s3://papers/?endpoint=https://s3.example.org:443/&addressing=virtual", "papers.s3.example.org"),
        ("s3://papers?endpoint=https%3A%2F%2FS3.example.org%3A9000", "s3.example.org:9000"),
        ("s3://papers?endpoint=http://[::1]:9000", "[::1]:9000"),
    ])
    func `a scheme's own port is not part of the host, others are`(text: String, host: String) throws {
        #expect(try S3Location(text, environment: [:]).host == host)
    }

    @Test(arguments: [
        ("http://papers", "begins with s3://"),
        ("s3://", "a bucket's name"),
        ("s3://ab", "a bucket's name"),
        ("s3://Papers", "a bucket's name"),
        ("s3://pa_pers", "a bucket's name"),
        ("s3://pa..pers", "a bucket's name"),
        ("s3://id:secret@papers", "no credentials"),
        ("s3://papers/a//b", "a prefix is"),
        ("s3://papers/../b", "a prefix is"),
        ("s3://papers/a b", "a prefix is"),
        ("s3://papers/%61", "a prefix is"),
        ("s3://papers#a", "no fragment"),
        ("s3://papers", "names a region"),
        ("s3://papers?region=EU", "a region is"),
        ("s3://papers?region=", "region has a value"),
        ("s3://papers?region", "region has a value"),
        ("s3://papers?region=a&region=b", "given once"),
        ("s3://papers?regoin=a", "not regoin"),
        ("s3://papers?region=a&addressing=dns", "addressing is"),
        ("s3://papers?endpoint=127.0.0.1:8333", "endpoint is"),
        ("s3://papers?endpoint=ftp://h", "endpoint is"),
        ("s3://papers?endpoint=http://h/path", "endpoint is"),
        ("s3://papers?endpoint=http://id:secret@h", "endpoint is"),
        ("s3://papers?endpoint=http://h:99999", "endpoint is"),
    ])
    func `what cannot be meant is refused, and the message says what`(text: String, part: String) {
        let error = #expect(throws: ColophonError.self) { try S3Location(text, environment: [:]) }
        #expect(error?.code == .invalid && error?.message.contains(part) == true)
        #expect(error?.message.contains("secret") == false)
    }
}
