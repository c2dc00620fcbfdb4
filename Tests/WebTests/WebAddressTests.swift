import Formats
import Tables
import Testing

@testable import Web

/// Addresses of files on web servers, whose passwords nobody sees.
@Suite struct WebAddressTests {
  @Test(
    arguments: [
      ("https://host/a/x.csv", "https://host/a/x.csv", "x.csv"), ("HTTP://Host:8080", "http://host:8080/", "Host"),
      ("https://host/a b.csv?q=é#part", "https://host/a%20b.csv?q=%C3%A9", "a b.csv"),
      ("https://host/a%20b.csv.gz", "https://host/a%20b.csv.gz", "a b.csv.gz"),
      ("http://[::1]:80/x", "http://[::1]:80/x", "x"),
      ("https://host?x=1", "https://host/?x=1", "host"),
    ])
  func partsAreTakenApart(_ address: String, _ url: String, _ fileName: String) throws {
    let parsed = try WebAddress(address)
    #expect(parsed.url == url && parsed.fileName == fileName)
    #expect(parsed.user == nil && parsed.password == nil)
  }

  @Test func loginsAreApartAndShownNowhere() throws {
    let parsed = try WebAddress("https://ann:s3%40cret@host/x.csv?token=s3cret&page=2")
    #expect(parsed.user == "ann" && parsed.password == "s3@cret")
    #expect(parsed.url == "https://host/x.csv?token=s3cret&page=2")
    #expect(parsed.shown == "https://***@host/x.csv?token=***&page=2")
    #expect(try WebAddress("https://***@host/x.csv").user == nil)
    #expect(try WebAddress("https://ann:***@host/x.csv").user == nil)
  }

  @Test(
    arguments: [
      "ftp://host/x", "file:///etc/passwd", "https:/host/x", "https://", "https:///x", "https://ann:s3cret@/x",
      "https://ho st/x", "https://host/\u{7}x", "https://host/%zz.csv", "https://ann:s3%cret@host/x", "gopher://host/x",
      "https://a\"b/x",
    ])
  func whatIsNoAddressIsRefusedWithoutItsPassword(_ address: String) {
    let error = #expect(throws: SourceError.self) { try WebAddress(address) }
    #expect(!"\(String(describing: error))".contains("cret"))
  }

  @Test(
    arguments: [
      ("http://127.0.0.1/x", true), ("https://localhost:8443/x", true), ("http://[::1]/x", true),
      ("http://host/x", false),
      ("http://127.0.0.1.org/x", false), ("http://2130706433/x", false), ("http://127.1/x", false),
      ("http://127.0.0.1@host/x", false), ("http://host#@127.0.0.1/", false),
    ])
  func aSandboxAsksThisMachineOnly(_ address: String, _ isAllowed: Bool) {
    let bounds = AddressBounds(isLoopbackOnly: true)
    if isAllowed {
      #expect(throws: Never.self) { try WebReading.place(address, bounds) }
    } else {
      #expect(throws: SourceError.self) { try WebReading.place(address, bounds) }
    }
  }

  @Test func aHeadIsReadLineByLine() {
    var head = WebHead()
    for line in [
      "HTTP/1.1 200 OK\r\n", "Content-Type: Text/CSV; charset=utf-8\r\n", "content-length: 12\r\n",
      "ETag: W/\"weak\"\r\n",
      "Last-Modified: Sat, 31 Jan 2026 10:00:00 GMT\r\n", "\r\n", "no line of a head", ": x",
    ] { head.take(line) }
    #expect(head.status == 200 && head.length == 12 && head.mediaType == "text/csv" && head.isFile)
    #expect(head.validator == "Sat, 31 Jan 2026 10:00:00 GMT")
    head.take("ETag: \"strong\"\r\n")
    #expect(head.validator == "\"strong\"")
    head.take("HTTP/2 206\r\n")
    head.take("Content-Range: bytes 100-199/200\r\n")
    #expect(head.status == 206 && head.rangeStart == 100 && head.length == nil && head.validator == nil)
    head.take("Content-Length: -3\r\n")
    head.take("ETag: \"" + String(repeating: "x", count: 5000) + "\"\r\n")
    #expect(head.length == nil && head.validator == nil)
  }
}
