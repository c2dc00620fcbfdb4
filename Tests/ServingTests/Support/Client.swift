import Display
import Glibc
import Notation

/// A blocking connection that sends bytes as they are: what a test of a server's manners needs.
final class Client {
  struct Reply {
    let status: Int
    let headers: [String: String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }
  }

  private let descriptor: Int32
  private var received: [UInt8] = []

  init(port: Int, seconds: Int = 10) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  deinit { close(descriptor) }

  /// False where the other side is gone.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return false }
      sent += count
    }
    return true
  }

  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  func closeOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

  func request(_ method: String, _ path: String, _ body: [UInt8] = [], headers: String = "") -> Reply? {
    send(
      Array("\(method) \(path) HTTP/1.1\r\nHost: test\r\nContent-Length: \(body.count)\r\n\(headers)\r\n".utf8) + body)
    return reply(hasBody: method != "HEAD")
  }

  func post(_ path: String, _ body: String, headers: String = "") -> Reply? {
    request("POST", path, Array(body.utf8), headers: headers)
  }

  /// The next reply; nil at the end of the connection or of the time.
  func reply(hasBody: Bool = true) -> Reply? {
    guard let head = take(through: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
    let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " }) }
    }
    let length = hasBody ? headers["content-length"].flatMap { Int($0) } ?? 0 : 0
    while received.count < length { if !fill() { return nil } }
    let body = Array(received.prefix(length))
    received.removeFirst(length)
    return Reply(status: status, headers: headers, body: body)
  }

  /// Whether the other side has closed, waiting for it.
  func isClosed() -> Bool {
    var byte: UInt8 = 0
    return received.isEmpty && recv(descriptor, &byte, 1, 0) == 0
  }

  private func take(through mark: [UInt8]) -> [UInt8]? {
    while true {
      if let range = received.firstRange(of: mark) {
        let taken = Array(received[..<range.upperBound])
        received.removeFirst(range.upperBound)
        return taken
      }
      if !fill() { return nil }
    }
  }

  private func fill() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count <= 0 { return false }
    received += buffer[..<count]
    return true
  }
}
