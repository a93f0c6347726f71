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
        /// The other side has ended.
        case gone
        /// What is sent or read means nothing any more, for this reason, an errno.
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
        guard failed == 0 else { throw [EPIPE, ECONNRESET].contains(failed) ? .gone : .broken(failed) }
        var answer: Int32 = 0
        while true {
            let count = recv(descriptor, &answer, MemoryLayout<Int32>.size, 0)
            if count == MemoryLayout<Int32>.size { break }
            // A wait with an end is interrupted when the process is stopped and goes on (signal(7)).
            if count < 0 && errno == EINTR { continue }
            throw count == 0 || errno == ECONNRESET ? .gone : .broken(errno)
        }
        guard answer > 0 else { throw .refused(-answer) }
        return answer
    }

    /// How long an answer is waited for, in seconds; the first takes as long as the libraries take to load.
    package func setPatience(seconds: Int) {
        var patience = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    // MARK: Who is asked

    /// Waits for the next request, which stays bytes: whoever forks is to keep nothing of it.
    ///
    /// - Parameter buffer: Of `ForkRequest.bytesMax` bytes.
    /// - Returns: Nil when no other will come.
    package func receive(
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(Failure) -> (bytes: UnsafeMutableRawBufferPointer, input: Int32, output: Int32)? {
        var (count, input, output): (Int, Int32, Int32) = (0, -1, -1)
        let failed = colophon_receive_request(descriptor, buffer.baseAddress, buffer.count, &count, &input, &output)
        guard failed == 0 else { throw .broken(failed) }
        return count > 0 ? (UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), input, output) : nil
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
