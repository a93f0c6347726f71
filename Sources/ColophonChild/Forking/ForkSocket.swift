import CSandbox

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One end of what connects a process that forks readers with whoever asks it to: a request with the reader's standard input and output, then the
/// answer, its process id. A socket that keeps messages apart; its descriptor is the owner's to close.
package struct ForkSocket: Sendable {
    package let descriptor: Int32

    package enum Failure: Error, Equatable {
        /// The kernel, for this reason, an errno; another request may do.
        case refused(Int32)
        /// What is sent or read means nothing any more; errno says why, 0 that the other side is gone.
        case broken(Int32)
    }

    package init(descriptor: Int32) { self.descriptor = descriptor }

    /// - Throws: Where there are no descriptors left.
    package static func pair() throws(Failure) -> (ForkSocket, ForkSocket) {
        var ends: [Int32] = [-1, -1]
        #if os(Linux)
            let kind = Int32(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue)
        #else
            let kind = SOCK_SEQPACKET
        #endif
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw .refused(errno) }
        return (ForkSocket(descriptor: ends[0]), ForkSocket(descriptor: ends[1]))
    }

    // MARK: Who asks

    /// Has a reader forked.
    ///
    /// - Returns: Its process id.
    package func fork(_ request: ForkRequest, input: Int32, output: Int32) throws(Failure) -> Int32 {
        let bytes = request.bytes
        guard bytes.count <= ForkRequest.bytesMax else { throw .refused(E2BIG) }
        let failed = colophon_send_request(descriptor, bytes, bytes.count, input, output)
        guard failed == 0 else { throw .broken(failed) }
        var answer: Int32 = 0
        let count = recv(descriptor, &answer, MemoryLayout<Int32>.size, 0)
        guard count == MemoryLayout<Int32>.size else { throw .broken(count < 0 ? errno : 0) }
        guard answer > 0 else { throw .refused(-answer) }
        return answer
    }

    /// How long an answer is waited for, in seconds; the first takes as long as the libraries take to load.
    package func setPatience(seconds: Int) {
        var patience = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    // MARK: Who is asked

    /// Waits for the next request; nil when no other will come.
    package func receive() throws(Failure) -> (request: ForkRequest, input: Int32, output: Int32)? {
        var (count, input, output): (Int, Int32, Int32) = (0, -1, -1)
        // Not filled before: a process that forks copies every page that it writes to.
        let (failed, request) = withUnsafeTemporaryAllocation(byteCount: ForkRequest.bytesMax, alignment: 1) { buffer in
            let failed = colophon_receive_request(descriptor, buffer.baseAddress, buffer.count, &count, &input, &output)
            return (failed, ForkRequest(bytes: UnsafeRawBufferPointer(rebasing: buffer[..<count])))
        }
        guard failed == 0 else { throw .broken(failed) }
        guard count > 0 else { return nil }
        guard let request else { throw .broken(EBADMSG) }
        return (request, input, output)
    }

    package func answer(_ pid: Int32) throws(Failure) {
        var pid = pid
        #if os(Linux)
            let flags = Int32(MSG_NOSIGNAL)
        #else
            let flags: Int32 = 0
        #endif
        guard send(descriptor, &pid, MemoryLayout<Int32>.size, flags) == MemoryLayout<Int32>.size else { throw .broken(errno) }
    }
}
