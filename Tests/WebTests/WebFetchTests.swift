import CTransfer
import Formats
import Foundation
import Kernels
import Tables
import Testing

@testable import Web

/// Files that a server on this machine gives, whole, cut, redirected or not at all.
@Suite(.serialized) struct WebFetchTests {
  static let csv = Array("a,b\n".utf8) + (0..<50_000).flatMap { Array("\($0),\($0 * 2)\n".utf8) }

  private func fetch(
    _ url: String, sandbox: Bool = false, silentSeconds: Int = 60, _ progress: Kernels.Progress = Kernels.Progress()
  ) throws(SourceError) -> FetchedFile {
    try WebFile(try WebAddress(url), isLoopbackOnly: sandbox, silentSeconds: silentSeconds).fetch(progress)
  }

  private func failure(_ url: String, sandbox: Bool = false) -> SourceError.Reason? {
    do throws(SourceError) { _ = try fetch(url, sandbox: sandbox) } catch { return error.reason }
    return nil
  }

  private func bytes(_ file: FetchedFile) throws -> [UInt8] { try DurableFile.read(file.path, limit: 1 << 26) }

  @Test func theLibraryIsThere() { #expect(mlp_transfer_load(), "\(MLP_TRANSFER_PACKAGE) is not installed") }

  @Test func aFileIsAsTheServerHasIt() throws {
    let server = try LocalServer { _ in .file(Self.csv, ["Content-Type: text/csv; charset=utf-8"]) }
    let file = try fetch(server.url("/x.csv?key=s3cret"))
    #expect(try bytes(file) == Self.csv)
    let other = try fetch(server.url("/y.csv"))
    #expect(file.mediaType == "text/csv" && file.shown == server.url("/x.csv?key=***"))
    #expect(file.hash.count == 64 && file.hash == other.hash)
    let table = try CSVFormat.source(file.path, ReadingRequest()).read(ScanRequest(), Kernels.Progress()).table
    #expect(table.rowCount == 50_000 && table.names == ["a", "b"])
    #expect(server.requests[0].path == "/x.csv?key=s3cret" && server.requests[0].headers["range"] == nil)
    let empty = try LocalServer { _ in .file([]) }
    #expect(try bytes(fetch(empty.url("/x.csv"))) == [])
  }

  @Test func aUserAndAPasswordGoToTheirHostAlone() throws {
    let other = try LocalServer { _ in .file(Self.csv) }
    let elsewhere = other.url("/x.csv")
    let server = try LocalServer { request in
      request.path == "/there"
        ? .file(Self.csv) : Answer("302 Found", ["Location: \(request.path == "/a" ? "/there" : elsewhere)"])
    }
    _ = try fetch(server.url("/a", user: "ann:s3cret@"))
    let sent = "Basic " + Data("ann:s3cret".utf8).base64EncodedString()
    #expect(server.requests.map { $0.headers["authorization"] } == [sent, sent])
    _ = try fetch(server.url("/b", user: "ann:s3cret@"))
    #expect(other.requests.map { $0.headers["authorization"] } == [nil])
  }

  private typealias Answer = LocalServer.Answer

  @Test func redirectionsAreFollowedWithinBounds() throws {
    let server = try LocalServer { request in
      switch request.path {
      case "/x.csv": .file(Self.csv)
      case "/a/b": Answer("301 Moved", ["Location: ../x.csv"])
      case "/file": Answer("302 Found", ["Location: file:///etc/passwd"])
      case "/ftp": Answer("307 Temporary", ["Location: ftp://127.0.0.1/x"])
      case "/away": Answer("302 Found", ["Location: http://192.0.2.1/x.csv"])
      case "/nowhere": Answer("302 Found")
      default: Answer("302 Found", ["Location: /loop"])
      }
    }
    #expect(try bytes(fetch(server.url("/a/b"))) == Self.csv)
    #expect(failure(server.url("/loop")) == .place(.redirections(10)))
    #expect(server.requests.count { $0.path == "/loop" } == 11)
    for path in ["/file", "/ftp"] {
      guard case .badFormat? = failure(server.url(path)) else {
        Issue.record("\(path): \(String(describing: failure(server.url(path))))")
        continue
      }
    }
    #expect(failure(server.url("/away"), sandbox: true) == .place(.outsideSandbox("192.0.2.1")))
    #expect(failure(server.url("/nowhere")) == .place(.status(302)))
  }

  @Test(arguments: [404, 403, 401, 500, 503, 416, 204])
  func otherAnswersAreErrors(_ status: Int) throws {
    let server = try LocalServer { _ in
      Answer(
        "\(status) No", status == 204 ? [] : ["Content-Length: 2000000"],
        [UInt8](repeating: 0x61, count: status == 204 ? 0 : 2_000_000))
    }
    #expect(failure(server.url("/x.csv")) == .place(.status(status)))
  }

  /// Where the server can give the rest of the same file, it is asked for that, until all of it is there.
  @Test(arguments: ["ETag: \"v1\"", "Last-Modified: Sat, 31 Jan 2026 10:00:00 GMT"])
  func aTransferThatIsCutGoesOn(_ validator: String) throws {
    let server = try LocalServer { request in
      .file(Self.csv, from: request.start, sent: request.number < 3 ? 100_000 : nil, [validator])
    }
    #expect(try bytes(fetch(server.url("/x.csv"))) == Self.csv)
    #expect(server.requests.map(\.start) == [nil, 100_000, 200_000, 300_000])
    let value = validator.drop { $0 != " " }.dropFirst()
    #expect(server.requests.dropFirst().allSatisfy { $0.headers["if-range"] == String(value) })
    let (first, second) = (try fetch(server.url("/y.csv")), try fetch(server.url("/x.csv")))
    #expect(first.hash == second.hash)
  }

  /// A file that is another one by then comes whole, from its start.
  @Test func aFileThatHasChangedIsFetchedAnew() throws {
    let server = try LocalServer { request in
      request.number == 0
        ? .file(Self.csv, sent: 100_000, ["ETag: \"v1\""]) : .file(Self.csv.reversed(), ["ETag: \"v2\""])
    }
    #expect(try bytes(fetch(server.url("/x.csv"))) == Self.csv.reversed())
  }

  @Test func aCutIsAnErrorWhereItCannotGoOn() throws {
    let server = try LocalServer { request in
      switch request.path {
      case "/plain": .file(Self.csv, sent: 1_000)
      case "/weak": .file(Self.csv, sent: 1_000, ["ETag: W/\"v1\""])
      case "/stuck": .file(Self.csv, from: request.start, sent: request.number == 0 ? 1_000 : 0, ["ETag: \"v1\""])
      // The rest of something else.
      case "/wrong": .file(Self.csv, from: request.start.map { $0 - 7 }, sent: 1_000, ["ETag: \"v1\""])
      default: Answer("200 OK", ["Transfer-Encoding: chunked"], Array("4\r\na,b\n\r\n".utf8))
      }
    }
    for path in ["/plain", "/weak", "/stuck", "/wrong", "/chunks"] {
      guard case .place(.cut(_, let received, _))? = failure(server.url(path)) else {
        Issue.record("\(path): \(String(describing: failure(server.url(path))))")
        continue
      }
      #expect(received == (path == "/chunks" ? 4 : 1_000), "\(path)")
    }
    #expect(server.requests.count { $0.path == "/plain" } == 1)
    #expect(server.requests.count { $0.path == "/stuck" } == 5)
  }

  @Test func aSlowServerIsWaitedForAndASilentOneIsNot() throws {
    let slow = try LocalServer { _ in
      var answer = Answer.file(Array("a\n1\n2\n3\n".utf8))
      answer.pieces = [answer.pieces[0]] + answer.pieces[1].map { [$0] }
      answer.pause = 20
      return answer
    }
    #expect(try bytes(fetch(slow.url("/x.csv"))) == Array("a\n1\n2\n3\n".utf8))
    let silent = try LocalServer { _ in
      var answer = Answer.file(Self.csv, sent: 10)
      answer.pieces.append([0x61])
      answer.pause = 30_000
      return answer
    }
    #expect(throws: SourceError(source: silent.url("/x.csv"), reason: .place(.silent(seconds: 1)))) {
      try fetch(silent.url("/x.csv"), silentSeconds: 1)
    }
  }

  @Test func aCancelledTransferEnds() throws {
    let server = try LocalServer { _ in
      var answer = Answer.file(Self.csv, sent: 10)
      answer.pieces.append([0x61])
      answer.pause = 30_000
      return answer
    }
    let progress = Kernels.Progress()
    Thread.detachNewThread {
      usleep(100_000)
      progress.cancel()
    }
    let error = #expect(throws: SourceError.self) { try fetch(server.url("/x.csv"), progress) }
    #expect(error?.reason == .cancelled)
  }

  @Test func whoDoesNotAnswerIsTold() {
    guard case .place(.unreachable)? = failure("http://127.0.0.1:1/x.csv") else {
      Issue.record("nobody answered")
      return
    }
  }

  @Test func whatDoesNotFitOnTheDiskIsNotFetched() throws {
    let server = try LocalServer { _ in Answer("200 OK", ["Content-Length: 9000000000000000"], Array("a\n1\n".utf8)) }
    guard case .file(let error)? = failure(server.url("/x.csv")) else {
      Issue.record("\(String(describing: failure(server.url("/x.csv"))))")
      return
    }
    #expect(error.reason == .full)
  }
}
