import Glibc
import Kernels
import Synchronization
import Tables
import Testing

@testable import Formats

/// Files that are fetched before they are read.
@Suite struct FetchedSourceTests {
  private final class Remote: RemoteFile {
    let shown = "https://host/x.csv"
    let fileName = "x.csv"
    let text: String
    let count = Mutex(0)

    init(_ text: String) { self.text = text }

    func fetch(_ progress: Progress) throws(SourceError) -> FetchedFile {
      count.withLock { $0 += 1 }
      let descriptor = try FetchedFile.temporary()
      _ = Array(text.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      return FetchedFile(descriptor, shown: shown, mediaType: "text/csv", hash: "00")
    }
  }

  private func source(
    _ remotes: [Remote], _ change: @escaping @Sendable (inout DelimitedOptions) -> Void = { _ in }
  ) -> FetchedSource {
    FetchedSource(remotes.map { .remote($0) }, name: "x", tell: { _ in }) { files throws(SourceError) in
      var options = DelimitedOptions()
      change(&options)
      let parts = files.map { DelimitedSource(path: $0.path, options: options) }
      return parts.count == 1 ? parts[0] : ConcatenatedSource(parts, paths: files.map(\.path), union: false)
    }
  }

  @Test func nothingIsFetchedBeforeTheRowsAndThenOnce() throws {
    let remote = Remote("a\n1\n2\n")
    let source = source([remote])
    #expect(try source.declaredSchema() == nil)
    #expect(remote.count.withLock { $0 } == 0)
    for _ in 0..<2 { #expect(try source.read(columns: nil, Progress()).table.words("a") == ["1", "2"]) }
    #expect(try source.arrivedSchema(Progress())?.schema == Schema([Field("a", .int)]))
    #expect(remote.count.withLock { $0 } == 1)
  }

  @Test func messagesTellOfTheAddress() throws {
    let bad = source([Remote("a\n" + String(repeating: "1\n", count: 50_000) + "x\n")])
    let error = #expect(throws: SourceError.self) { try bad.read(columns: nil, Progress()) }
    #expect(error?.source == "https://host/x.csv" && error?.line == 50_002)
    let differing = source([Remote("a\n1\n"), Remote("b\n1\n")])
    let other = #expect(throws: SourceError.self) { try differing.read(columns: nil, Progress()) }
    guard case .badFormat(let words)? = other?.reason else {
      Issue.record("\(String(describing: other))")
      return
    }
    #expect(words.contains("https://host/x.csv") && !words.contains("/proc"))
  }

  @Test func rowsAndRejectsTellOfTheAddress() throws {
    let path = "/tmp/mlp-rejects-\(getpid())-\(UInt32.random(in: 0 ... .max)).csv"
    defer { unlink(path) }
    let source = source([Remote("a\n1\n" + String(repeating: "1\n", count: 50_000) + "x\n")]) {
      $0.fileColumn = "origin"
      $0.rejects = path
    }
    let table = try source.read(ScanRequest(), Progress()).table
    #expect(Set(table.words("origin")) == ["https://host/x.csv"])
    let rejects = String(decoding: try DurableFile.read(path, limit: 1 << 20), as: UTF8.self)
    #expect(rejects.contains("https://host/x.csv,") && !rejects.contains("/proc"))
  }

  @Test func theFileIsGoneWithItsLastUser() throws {
    let descriptor = try FetchedFile.temporary()
    var path = ""
    do {
      let file = FetchedFile(descriptor, shown: "s", mediaType: nil, hash: "")
      path = file.path
      #expect(ShownPaths.shown(path) == "s" && access(path, R_OK) == 0)
    }
    #expect(ShownPaths.shown(path) == path)
  }
}
