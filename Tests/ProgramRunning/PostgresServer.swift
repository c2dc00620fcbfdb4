import Foundation
import Glibc

/// A PostgreSQL server of Debian's packages on this machine, with a folder, a port and a password of its own; it ends with the tests.
public final class PostgresServer: Sendable {
  public static let absence = "POSTGRESQL IS NOT INSTALLED, so this is NOT checked: run `scripts/setup postgres`"
  public static let mustBe = ProcessInfo.processInfo.environment["CI"] == "true"
  public static let isThere = binaries != nil

  /// The one server of all tests.
  public static let shared = Result { try PostgresServer() }

  public static let user = "ann"
  public static let password = "s3cret p@ss"

  public let port: Int
  private let folder: ScratchFolder

  /// Where `initdb` and `postgres` are; the latest, where there are several.
  private static let binaries: String? = {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(root)/\($0)/bin" }
      .first { FileManager.default.isExecutableFile(atPath: $0 + "/postgres") }
  }()

  struct Failed: Error { let words: String }

  private init() throws {
    guard let binaries = Self.binaries else { throw Failed(words: Self.absence) }
    folder = try ScratchFolder()
    port = try Self.freePort()
    let data = folder.path + "/data"
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    let secret = try folder.write(Self.password + "\n", to: "password")
    // A server refuses to be run by root.
    let owner = getuid() == 0 ? (["postgres", "nobody"] as [String]).first { getpwnam($0) != nil } : nil
    if let owner, let entry = getpwnam(owner) {
      for path in [folder.path, data, secret] { chown(path, entry.pointee.pw_uid, entry.pointee.pw_gid) }
    }
    let prefix = owner.map { ["setpriv", "--reuid", $0, "--regid", $0, "--clear-groups"] } ?? []
    let made = try Program(path: "/usr/bin/env").run(
      prefix + [
        "\(binaries)/initdb", "-D", data, "-U", Self.user, "--pwfile", secret, "-A", "scram-sha-256", "-E", "UTF8",
        "--locale=C", "--no-sync",
      ], in: folder.path)
    guard made.status == 0 else { throw Failed(words: made.errors) }
    try Self.start(prefix + ["\(binaries)/postgres", "-D", data], port: port, in: folder.path)
    try wait()
  }

  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard isBound else { throw Failed(words: "no free port") }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  /// Ends the server and removes its folder when its own input ends, however the tests do. It cannot wait for a child: whoever starts
  /// processes may have told it to hear of none.
  private static let keeper = """
    folder=$1; shift
    "$@" </dev/null >"$folder/log" 2>&1 &
    server=$!
    read end
    kill -INT $server
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
      [ -e "$folder/data/postmaster.pid" ] || break
      sleep 0.2
    done
    rm -rf "$folder"
    """

  private static func start(_ command: [String], port: Int, in folder: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let settings = [
      "listen_addresses=127.0.0.1", "port=\(port)", "unix_socket_directories=", "fsync=off", "shared_buffers=16MB",
      "max_connections=30",
    ]
    process.arguments = ["-c", keeper, "sh", folder] + command + settings.flatMap { ["-c", $0] }
    process.currentDirectoryURL = URL(fileURLWithPath: "/")
    let input = Pipe()
    // Else the shell would hold the end that it waits for.
    _ = fcntl(input.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    running = (process, input)
  }

  nonisolated(unsafe) private static var running: (Process, Pipe)?

  private func wait() throws {
    guard let binaries = Self.binaries else { return }
    let ask = Program(path: binaries + "/pg_isready")
    for _ in 0..<300 {
      if try ask.run(["-h", "127.0.0.1", "-p", "\(port)", "-q"]).status == 0 { return }
      usleep(100_000)
    }
    throw Failed(words: "the server does not answer")
  }

  /// An address on it, with a password that is written as addresses want it; what stands behind `#` where there is something.
  public func address(
    _ part: String = "", of database: String = "postgres", password: String = "s3cret%20p%40ss", parameters: String = ""
  ) -> String {
    let address = "postgres://\(Self.user):\(password)@127.0.0.1:\(port)/\(database)\(parameters)"
    return part.isEmpty ? address : address + "#\(part)"
  }

  /// The address of a new database, which is empty.
  public func freshDatabase() throws -> String {
    guard let binaries = Self.binaries else { throw Failed(words: Self.absence) }
    let name = "d" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
    let made = try Program(path: binaries + "/createdb").run(
      ["-h", "127.0.0.1", "-p", "\(port)", "-U", Self.user, name], environment: ["PGPASSWORD": Self.password])
    guard made.status == 0 else { throw Failed(words: made.errors) }
    return address(of: name)
  }
}
