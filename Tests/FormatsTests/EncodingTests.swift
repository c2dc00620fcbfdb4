import Descriptions
import Glibc
import Kernels
import Tables
import Testing

@testable import Formats

/// Texts that are not UTF-8.
struct EncodingTests {
  static func utf16(_ text: String, isBigEndian: Bool = false, mark: Bool = true) -> [UInt8] {
    ((mark ? "\u{FEFF}" : "") + text).utf16.flatMap { unit in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return isBigEndian ? [high, low] : [low, high]
    }
  }

  private static let text = "name,n\nKøbenhavn,1\n日本,2\n🙂,3\n\"é,\n\"\"\",4\n"

  @Test(arguments: [false, true], [false, true])
  func utf16IsFound(isBigEndian: Bool, mark: Bool) throws {
    let read = try rows(Self.utf16(Self.text, isBigEndian: isBigEndian, mark: mark))
    #expect(read.table == (try table(Self.text)))
    let option = isBigEndian ? "utf16be" : "utf16le"
    let reason = mark ? "byte order mark" : "zeros"
    #expect(read.notes == ["it is read as UTF-16, as its \(reason) shows; `encoding: \(option)` says so"])
  }

  @Test func statedUTF16() throws {
    let bytes = Self.utf16("æ\nø\n", mark: false)
    #expect(try rows(bytes) { $0.encoding = .utf16le }.table.words("æ") == ["ø"])
    #expect(try rows(Self.utf16("æ\nø\n", isBigEndian: true)) { $0.encoding = .utf16 }.table.words("æ") == ["ø"])
    #expect(try rows(Self.utf16("æ\nø\n", mark: false)) { $0.encoding = .utf16 }.table.words("æ") == ["ø"])
  }

  @Test(arguments: [[0x61, 0x00, 0x0A], [0x00, 0xD8, 0x61, 0x00], [0x00, 0xDC], [0x00, 0xD8]] as [[UInt8]])
  func brokenUTF16IsRefused(bytes: [UInt8]) {
    guard case .badFormat = failure(bytes, { $0.encoding = .utf16le })?.reason else {
      Issue.record("taken")
      return
    }
  }

  @Test func utf32AndOtherMarksAreRefused() {
    #expect(failure([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0]) != nil)
    #expect(failure(Array("\u{FEFF}a\n1\n".utf8)) { $0.encoding = .latin1 } != nil)
    #expect(failure(Self.utf16("a\n1\n")) { $0.encoding = .utf8 } != nil)
    #expect(failure(Array("\u{FEFF}a\n1\n".utf8)) { $0.encoding = .utf8 } == nil)
  }

  @Test func latin1AndWindows() throws {
    let bytes = Array("a,b\n".utf8) + [0xE9, 0x2C, 0x31, 0x0A, 0x80, 0x2C, 0x32, 0x0A]
    #expect(try rows(bytes) { $0.encoding = .latin1 }.table.words("a") == ["é", "\u{80}"])
    #expect(try rows(bytes) { $0.encoding = .windows1252 }.table.words("a") == ["é", "€"])
    let error = try #require(failure(bytes + [0x81, 0x2C, 0x33]) { $0.encoding = .windows1252 })
    #expect(error.line == 4)
  }

  @Test func everyByteOfWindowsIsItsCharacter() throws {
    for byte in UInt8(0xA0)...0xFF {
      let table = try rows(Array("a\n".utf8) + [0x78, byte]) { $0.encoding = .windows1252 }.table
      #expect(table.words("a") == ["x" + String(UnicodeScalar(byte))])
    }
    #expect(SingleByteRecoder.windows.filter { $0 == 0 }.count == 5)
  }

  @Test func bytesThatAreNoTextTellTheEncodingThatReadsThem() throws {
    let latin = try #require(failure(Array("a,n\nx,1\n".utf8) + [0xE9, 0x2C, 0x32]))
    #expect(latin.remedy == .encoding("latin1"))
    let windows = try #require(failure(Array("a,n\nx,1\n".utf8) + [0x93, 0xE9, 0x94, 0x2C, 0x32]))
    #expect(windows.remedy == .encoding("windows1252"))
    let header = try #require(failure([0xE9, 0x2C, 0x62, 0x0A]))
    #expect(header.remedy == .encoding("latin1"))
    let zero = try #require(failure(Array("a,n\nx,1\n".utf8) + [0x78, 0, 0x2C, 0x32]))
    #expect(zero.remedy == nil)
    guard case .badRow(_, _, "has a NUL byte, which no text has", _) = zero.reason else {
      Issue.record("\(zero)")
      return
    }
  }

  @Test(arguments: ["UTF-8", "utf_16", "ISO-8859-1", "cp1252", "latin1", "l1"])
  func namesOfEncodingsAreThoseOfOtherTools(name: String) { #expect(TextEncoding.read(.text(name)) != nil) }

  /// A large file of two bytes a character is read by blocks, and from gzip, as the same table.
  @Test func largeTexts() throws {
    let text = "k,word,n\n" + (0..<60_000).map { "\($0),wörd \($0 % 7),\($0 * 3)\n" }.joined()
    let expected = try table(text)
    #expect(try rows(Self.utf16(text)).table == expected)
    #expect(try rows(GzipWriter.compress(Self.utf16(text, isBigEndian: true))).table == expected)
    let latin = text.unicodeScalars.map { UInt8($0.value) }
    #expect(try rows(latin) { $0.encoding = .latin1 }.table == expected)
    #expect(
      try rows(latin) {
        $0.encoding = .latin1; $0.blockSize = 1000
      }.table == expected)
  }

  @Test func checkingReadsNoMoreThan64KiBOfAnEncodedFile() throws {
    let path = "/tmp/mlp-utf16-\(getpid()).csv"
    defer { unlink(path) }
    let text = "k,n\n" + String(repeating: "å,1\n", count: 60_000)
    try DurableFile.write(Self.utf16(text), to: path)
    let measured = try DelimitedSource(path: path).measuredSchema()
    #expect(measured.schema?.schema.fields.map(\.name) == ["k", "n"])
    #expect(measured.bytesRead <= 65_536)
  }
}
