import Glibc
import Kernels
import Notation

/// The entries of earlier sessions: one line each in a file that only its owner can read.
///
/// Line breaks and backslashes inside an entry are written `\n` and `\\`, so that an entry of several lines stays one.
struct HistoryFile {
  static let limit = 10_000
  private static let byteLimit = 64 << 20

  let path: String

  /// The last entries, oldest first; none if there is no such file or it cannot be read. A file that has grown past the
  /// limit by a tenth is cut back to it.
  func load() -> [String] {
    guard let bytes = try? DurableFile.read(path, limit: Self.byteLimit) else { return [] }
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    let kept = lines.suffix(Self.limit)
    if lines.count > Self.limit + Self.limit / 10 {
      try? DurableFile.write(Array(kept.joined(separator: [UInt8(ascii: "\n")])) + [10], to: path, mode: 0o600)
    }
    return kept.map { Self.unescaped(String(decoding: $0, as: UTF8.self)) }
  }

  /// Appends in one write, so that sessions side by side do not mix their lines; passwords of addresses are masked. A history that cannot
  /// be written is no reason to stop the session.
  func append(_ entry: String) {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    fchmod(descriptor, 0o600)
    let bytes = Array((Self.escaped(Secrets.masked(entry)) + "\n").utf8)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }

  static func escaped(_ entry: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in entry.unicodeScalars {
      switch scalar {
      case "\\": escaped.append(contentsOf: "\\\\".unicodeScalars)
      case "\n": escaped.append(contentsOf: "\\n".unicodeScalars)
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }

  static func unescaped(_ line: String) -> String {
    var entry = String.UnicodeScalarView()
    var isEscape = false
    for scalar in line.unicodeScalars {
      if isEscape {
        entry.append(scalar == "n" ? "\n" : scalar)
        isEscape = false
      } else if scalar == "\\" {
        isEscape = true
      } else {
        entry.append(scalar)
      }
    }
    return String(entry)
  }
}
