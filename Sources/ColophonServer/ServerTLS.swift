import ColophonCore
import HummingbirdTLS
import NIOSSL

/// A certificate and its key, checked.
package struct ServerTLS: Sendable {
    let configuration: TLSConfiguration

    /// Reads a certificate, with those between it and its root, and its key, both in PEM.
    ///
    /// - Throws: `invalid`, naming the file, when one of them cannot be read or is none, or when they do not belong together.
    package init(certificate: String, key: String) throws {
        let chain: [NIOSSLCertificate]
        do { chain = try NIOSSLCertificate.fromPEMFile(certificate) } catch {
            throw ColophonError(.invalid, "\(certificate) cannot be read, or holds no certificate in PEM.", cause: error)
        }
        guard !chain.isEmpty else { throw ColophonError(.invalid, "\(certificate) holds no certificate.") }
        let secret: NIOSSLPrivateKey
        do { secret = try NIOSSLPrivateKey(file: key, format: .pem) } catch {
            throw ColophonError(.invalid, "\(key) cannot be read, or holds no private key in PEM without a passphrase.", cause: error)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(secret))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        do { _ = try NIOSSLContext(configuration: configuration) } catch {
            throw ColophonError(.invalid, "The key in \(key) is not that of the certificate in \(certificate).", cause: error)
        }
        self.configuration = configuration
    }
}
