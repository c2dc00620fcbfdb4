import Glibc
import Testing

@testable import Terminal

@Suite struct HistoryFileTests {
  static func temporaryPath(_ name: String) -> String {
    "/tmp/mlp-history-\(getpid())-\(name)"
  }

  @Test(arguments: ["a", "two\nlines", "back\\slash", "\\n", "größe 中", "tab\there", "\\\\\n\\", "ends\n"])
  func entriesReadBackAsTheyWere(entry: String) {
    #expect(HistoryFile.unescaped(HistoryFile.escaped(entry)) == entry)
    #expect(!HistoryFile.escaped(entry).contains("\n"))
  }

  @Test func entriesOfSeveralLinesStayOneAndOnlyTheOwnerReads() {
    let path = Self.temporaryPath("append")
    defer { unlink(path) }
    let file = HistoryFile(path: path)
    file.append("load x")
    file.append("derive a =\n  b + 1")
    #expect(file.load() == ["load x", "derive a =\n  b + 1"])
    var status = stat()
    stat(path, &status)
    #expect(status.st_mode & 0o777 == 0o600)
  }

  @Test func noPasswordIsKept() throws {
    let path = Self.temporaryPath("secret")
    defer { unlink(path) }
    let file = HistoryFile(path: path)
    file.append("load \"postgres://ann:s3cret@host/db#t\"\nshow")
    #expect(file.load() == ["load \"postgres://ann:***@host/db#t\"\nshow"])
  }

  @Test func aFileOthersCouldReadIsClosedToThem() {
    let path = Self.temporaryPath("mode")
    defer { unlink(path) }
    close(open(path, O_CREAT | O_WRONLY, 0o666))
    chmod(path, 0o666)
    HistoryFile(path: path).append("x")
    var status = stat()
    stat(path, &status)
    #expect(status.st_mode & 0o777 == 0o600)
  }

  @Test func oldEntriesGoOnceThereAreTooMany() {
    let path = Self.temporaryPath("limit")
    defer { unlink(path) }
    let count = HistoryFile.limit + HistoryFile.limit / 10 + 1
    let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
    let bytes = Array((0..<count).map { "e\($0)\n" }.joined().utf8)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
    let file = HistoryFile(path: path)
    #expect(file.load().count == HistoryFile.limit)
    #expect(file.load().last == "e\(count - 1)")
    var status = stat()
    stat(path, &status)
    #expect(Int(status.st_size) < bytes.count)
  }

  @Test func aHistoryThatCannotBeReadOrWrittenIsEmpty() {
    let file = HistoryFile(path: "/nowhere/at/all")
    file.append("x")
    #expect(file.load().isEmpty)
    #expect(HistoryFile(path: "/tmp").load().isEmpty)
  }

  @Test func bytesThatAreNoTextAreRead() {
    let path = Self.temporaryPath("bytes")
    defer { unlink(path) }
    let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
    let bytes: [UInt8] = [0xFF, 0xFE, 10, 10, 0x61, 0x5C]
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
    #expect(HistoryFile(path: path).load() == ["\u{FFFD}\u{FFFD}", "a"])
  }
}
