import Foundation
import ProgramRunning

/// A package that `mlp serve` answers for, in the folder of a planted table, with its log beside it.
final class ServedPackage {
  struct NoAnswer: Error { let printed: String }

  private let process = Process()
  private let shown: String
  private var port: UInt16 = 0

  init(_ package: String, in planted: PlantedTable, key: String) throws {
    shown = planted.folder.path + "/shown.txt"
    _ = FileManager.default.createFile(atPath: shown, contents: nil)
    process.executableURL = URL(fileURLWithPath: Program.mlp.path)
    process.arguments = ["serve", package, "--port", "0", "--log", "requests.db"]
    process.currentDirectoryURL = URL(fileURLWithPath: planted.folder.path)
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["MLP_STDLIB": Repository.root + "/stdlib", "MLP_TEST_KEY": key]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: shown)
    process.standardError = FileHandle(forWritingAtPath: shown)
    try process.run()
    let deadline = Date().addingTimeInterval(60)
    while port == 0, process.isRunning, Date() < deadline {
      port = Self.port(in: printed)
      if port == 0 { usleep(20_000) }
    }
    if port == 0 {
      stop()
      throw NoAnswer(printed: printed)
    }
  }

  private static func port(in text: String) -> UInt16 {
    guard let range = text.range(of: "http://127\\.0\\.0\\.1:[0-9]+", options: .regularExpression) else { return 0 }
    return text[range].split(separator: ":").last.flatMap { UInt16($0) } ?? 0
  }

  /// All that it printed so far.
  var printed: String {
    String(decoding: (try? Data(contentsOf: URL(fileURLWithPath: shown))) ?? Data(), as: UTF8.self)
  }

  /// The whole answer to a body that is sent to be predicted.
  func post(_ body: String) throws -> String {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var wait = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr = in_addr(s_addr: inet_addr("127.0.0.1"))
    let isConnected = withUnsafePointer(to: &address) { place in
      place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isConnected else { throw NoAnswer(printed: printed) }
    let request =
      "POST /v1/predict HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    let bytes = Array(request.utf8)
    guard send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
      throw NoAnswer(printed: printed)
    }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(socket, &buffer, buffer.count, 0)
      if count <= 0 { break }
      answer += buffer[..<count]
    }
    return String(decoding: answer, as: UTF8.self)
  }

  /// Ends it as an administrator does, so that its log is whole.
  func stop() {
    guard process.isRunning else { return }
    process.terminate()
    let deadline = Date().addingTimeInterval(30)
    while process.isRunning, Date() < deadline { usleep(20_000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }
}
