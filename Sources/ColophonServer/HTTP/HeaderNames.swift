import HTTPTypes

extension HTTPField.Name {
    static let apiKey = Self("X-API-Key")!
    static let requestID = Self("X-Request-Id")!
    static let documentPassword = Self("X-Document-Password")!
    static let fileName = Self("X-File-Name")!
    static let referrerPolicy = Self("Referrer-Policy")!
    static let resourcePolicy = Self("Cross-Origin-Resource-Policy")!
    static let fetchSite = Self("Sec-Fetch-Site")!
    static let fetchMode = Self("Sec-Fetch-Mode")!
    static let fetchDest = Self("Sec-Fetch-Dest")!
    static let lastEventID = Self("Last-Event-ID")!
    static let accelBuffering = Self("X-Accel-Buffering")!
    static let host = Self("Host")!
    static let forwardedFor = Self("X-Forwarded-For")!
    static let rateLimit = Self("X-RateLimit-Limit")!
    static let rateRemaining = Self("X-RateLimit-Remaining")!
    static let rateReset = Self("X-RateLimit-Reset")!
}
