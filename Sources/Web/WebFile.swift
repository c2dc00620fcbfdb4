import CTransfer
import Formats
import Glibc
import Kernels
import Notation
import Tables

/// A file on a web server.
struct WebFile: RemoteFile {
  private static let mostRedirections = 10
  /// A transfer that is cut is tried again so often without more of the file.
  private static let mostFailures = 4

  private let address: WebAddress
  private let isLoopbackOnly: Bool
  /// After so many seconds without a byte a server is given up.
  private let silentSeconds: Int

  init(_ address: WebAddress, isLoopbackOnly: Bool, silentSeconds: Int = 60) {
    self.address = address
    self.isLoopbackOnly = isLoopbackOnly
    self.silentSeconds = silentSeconds
  }

  var shown: String { address.shown }
  var fileName: String { address.fileName }

  func fetch(_ progress: Progress) throws(SourceError) -> FetchedFile {
    guard mlp_transfer_load() else {
      throw failed(.noLibrary(MLP_TRANSFER_FILE, package: MLP_TRANSFER_PACKAGE))
    }
    let body = WebBody(try FetchedFile.temporary(), shown: shown)
    var place = address
    var redirections = 0
    var tries = WebTries(most: Self.mostFailures)
    while true {
      switch try transfer(place, into: body, progress) {
      case .whole: return body.finish()
      case .redirected(let next):
        redirections += 1
        if redirections > Self.mostRedirections { throw failed(.redirections(Self.mostRedirections)) }
        place = try followed(next)
      case .cut(let words, let isSilent):
        guard body.mayGoOn, tries.goesOn(body.received) else {
          if isSilent { throw failed(.silent(seconds: silentSeconds)) }
          throw failed(.cut(words, received: body.received, of: body.expected))
        }
        try pause(tries.failures, progress)
      }
    }
  }

  private func failed(_ problem: PlaceProblem) -> SourceError { SourceError(source: shown, reason: .place(problem)) }

  /// Where a redirection leads, within the same bounds.
  private func followed(_ next: String) throws(SourceError) -> WebAddress {
    let place: WebAddress
    do throws(SourceError) { place = try WebAddress(next) } catch {
      throw SourceError(source: shown, reason: .badFormat("it leads on to \(error.source), which is not fetched"))
    }
    if isLoopbackOnly, !Loopback.contains(place.host) { throw failed(.outsideSandbox(place.host)) }
    return place
  }

  /// Waits, longer each time.
  private func pause(_ failures: Int, _ progress: Progress) throws(SourceError) {
    for _ in 0..<(1 << min(failures, 5)) {
      if progress.isCancelled { throw SourceError(source: shown, reason: .cancelled) }
      usleep(50_000)
    }
  }

  // MARK: One request

  private enum Outcome {
    case whole
    case redirected(to: String)
    case cut(String, isSilent: Bool)
  }

  private func transfer(
    _ place: WebAddress, into body: WebBody, _ progress: Progress
  ) throws(SourceError) -> Outcome {
    let pointer = Unmanaged.passUnretained(body).toOpaque()
    let begun = begin(place, body) { request in
      withUnsafePointer(to: request) { request in
        mlp_transfer_begin(
          request,
          { taker, bytes, count, isHeader in
            guard let taker, let bytes else { return false }
            let body = Unmanaged<WebBody>.fromOpaque(taker).takeUnretainedValue()
            return body.take(UnsafeBufferPointer(start: bytes, count: Int(count)), isHeader: isHeader)
          }, pointer)
      }
    }
    guard let begun else { throw failed(.unreachable("libcurl does not take the address")) }
    defer { mlp_transfer_end(begun) }
    while true {
      if progress.isCancelled { throw SourceError(source: shown, reason: .cancelled) }
      switch mlp_transfer_run(begun, 50) {
      case mlp_transfer_running:
        progress.report(body.fraction, "fetching \(shown)")
      case mlp_transfer_done: return try done(begun, body)
      default: return try ended(begun, body)
      }
    }
  }

  /// Makes the request, whose texts are there while `body` runs.
  private func begin(
    _ place: WebAddress, _ body: WebBody, _ run: (mlp_transfer_request) -> OpaquePointer?
  ) -> OpaquePointer? {
    // A user and a password are for the host that they were given for.
    let login = place.origin == address.origin ? (address.user, address.password) : (place.user, place.password)
    let start = body.resume()
    return place.url.withCString { url in
      "mlp".withCString { agent in
        Self.withText(login.0) { user in
          Self.withText(login.1) { password in
            Self.withText(body.validator) { validator in
              run(
                mlp_transfer_request(
                  url: url, user: user, password: password, agent: agent, start: Int64(start), validator: validator,
                  connect_seconds: 30, silent_seconds: Int32(silentSeconds), refuses_proxy: isLoopbackOnly))
            }
          }
        }
      }
    }
  }

  private static func withText<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    guard let text else { return body(nil) }
    return text.withCString(body)
  }

  /// An answer that came to its end.
  private func done(_ transfer: OpaquePointer, _ body: WebBody) throws(SourceError) -> Outcome {
    if let failure = body.failure { throw failure }
    let status = Int(mlp_transfer_status(transfer))
    switch status {
    case 200, 206: return body.isWhole ? .whole : .cut(Self.otherPart, isSilent: false)
    case 300..<400:
      if let next = mlp_transfer_redirection(transfer) { return .redirected(to: String(cString: next)) }
      throw failed(.status(status))
    default: throw failed(.status(status))
    }
  }

  private static let otherPart = "the server sent another part than it was asked for"

  /// One that did not.
  private func ended(_ transfer: OpaquePointer, _ body: WebBody) throws(SourceError) -> Outcome {
    if let failure = body.failure { throw failure }
    if let status = body.otherStatus { throw failed(.status(status)) }
    if !body.isRight { return .cut(Self.otherPart, isSilent: false) }
    let words = String(cString: mlp_transfer_words(transfer))
    switch Int(mlp_transfer_code(transfer)) {
    case mlp_transfer_too_slow where body.hasAnswered: return .cut(words, isSilent: true)
    case mlp_transfer_cut, mlp_transfer_send_error, mlp_transfer_receive_error, mlp_transfer_empty, mlp_transfer_http2,
      mlp_transfer_http2_stream:
      return .cut(words, isSilent: false)
    default: throw failed(.unreachable(words))
    }
  }
}

/// How often a transfer was cut without more of the file than before.
private struct WebTries {
  let most: Int
  private(set) var failures = 0
  private var best = 0

  init(most: Int) { self.most = most }

  /// Whether it is tried again after so many bytes.
  mutating func goesOn(_ received: Int) -> Bool {
    if received > best { failures = 0 }
    best = max(best, received)
    failures += 1
    return failures <= most
  }
}
