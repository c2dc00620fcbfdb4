import Foundation
import Glibc
import Synchronization

/// An HTTP server on this machine that answers as a test says: one request a connection.
final class LocalServer: Sendable {
  struct Request: Sendable {
    let path: String
    let headers: [String: String]
    /// How many requests for the path came before.
    let number: Int

    /// The first byte that is asked for; nil where all of them are.
    var start: Int? {
      headers["range"].flatMap { Int($0.dropFirst("bytes=".count).prefix { $0 != "-" }) }
    }
  }

  /// What is sent: the pieces one after the other, so many milliseconds apart; then the connection is closed.
  struct Answer: Sendable {
    var pieces: [[UInt8]]
    var pause = 0

    init(_ status: String, _ headers: [String] = [], _ body: [UInt8] = []) {
      pieces = [
        Array(("HTTP/1.1 \(status)\r\n" + headers.map { $0 + "\r\n" }.joined() + "Connection: close\r\n\r\n").utf8),
        body,
      ]
    }

    /// A file, whole or from a byte on; of it only the first `sent` bytes go out.
    static func file(_ bytes: [UInt8], from start: Int? = nil, sent: Int? = nil, _ headers: [String] = []) -> Answer {
      let rest = Array(bytes[(start ?? 0)...])
      let range = start.map { ["Content-Range: bytes \($0)-\(bytes.count - 1)/\(bytes.count)"] } ?? []
      return Answer(
        start == nil ? "200 OK" : "206 Partial Content", ["Content-Length: \(rest.count)"] + range + headers,
        Array(rest.prefix(sent ?? rest.count)))
    }
  }

  let port: Int
  private let descriptor: Int32
  private let seen = Mutex<[Request]>([])

  init(_ answer: @escaping @Sendable (Request) -> Answer) throws {
    struct Failed: Error {}
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.descriptor = descriptor
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && listen(descriptor, 16) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard isBound else { throw Failed() }
    port = Int(UInt16(bigEndian: address.sin_port))
    signal(SIGPIPE, SIG_IGN)
    let (listening, own) = (descriptor, Weak(self))
    Thread.detachNewThread {
      while true {
        let connection = accept(listening, nil, nil)
        if connection < 0 { return }
        Thread.detachNewThread {
          own.server?.serve(connection, answer)
          close(connection)
        }
      }
    }
  }

  private final class Weak: @unchecked Sendable {
    weak let server: LocalServer?
    init(_ server: LocalServer) { self.server = server }
  }

  deinit {
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }

  var requests: [Request] { seen.withLock { $0 } }

  func url(_ path: String, user: String = "") -> String { "http://\(user)127.0.0.1:\(port)\(path)" }

  private func serve(_ connection: Int32, _ answer: (Request) -> Answer) {
    guard let request = head(connection) else { return }
    let answer = answer(request)
    for (place, piece) in answer.pieces.enumerated() {
      if place > 1, answer.pause > 0 { usleep(UInt32(answer.pause * 1000)) }
      var sent = 0
      while sent < piece.count {
        let count = piece.withUnsafeBytes { write(connection, $0.baseAddress.map { $0 + sent }, piece.count - sent) }
        if count <= 0 { return }
        sent += count
      }
    }
  }

  private func head(_ connection: Int32) -> Request? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      let count = read(connection, &buffer, buffer.count)
      if count <= 0 { return nil }
      bytes += buffer[..<count]
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
    let path = lines[0].split(separator: " ")[1]
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
    }
    return seen.withLock { seen in
      let request = Request(path: String(path), headers: headers, number: seen.count { $0.path == path })
      seen.append(request)
      return request
    }
  }
}
