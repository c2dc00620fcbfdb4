import Kernels
import Notation
import Tables
import Testing

@testable import Formats

/// What RFC 8259 has every reader take, and refuse, and what it leaves to a reader: by the parser of values, in a line, in a list, and in
/// a column that is not wanted.
@Suite struct JSONConformanceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let isTaken: Bool

    init(_ name: String, _ text: String, _ isTaken: Bool) { self.init(name, Array(text.utf8), isTaken) }

    init(_ name: String, _ bytes: [UInt8], _ isTaken: Bool) {
      self.name = name
      self.bytes = bytes
      self.isTaken = isTaken
    }

    var testDescription: String { name }
  }

  private static func named(_ kind: String, _ texts: [String], _ isTaken: Bool) -> [Case] {
    texts.map { Case("\(kind) \($0.prefix(40).debugDescription)", $0, isTaken) }
  }

  private static func inQuotes(_ bytes: [UInt8]) -> [UInt8] { [0x22] + bytes + [0x22] }

  private static let numbers =
    named(
      "number",
      [
        "0", "-0", "7", "-12", "0.0", "-0.5", "10.25", "1e1", "1E+2", "1e-2", "-1.5e-10", "0e0", "0.1e1", "1e0000001",
        "123456789012345678901234567890", "0.12345678901234567890123456789", "1e-400", "5e-324",
        "1.7976931348623157e308",
        "-9223372036854775808", "9223372036854775807", String(repeating: "9", count: 300), " 7 ", "\t7\r",
      ], true)
    + named(
      "no number",
      [
        "01", "-01", "00", "+1", ".5", "-.5", "1.", "-", "-a", "1e", "1e+", "1E-", "1.e1", "2.e3", "0e", "1eE2", "--1",
        "1-", "1+1",
        "0x1", "0b1", "1_000", "1,000.0e", "Infinity", "-Infinity", "NaN", "inf", "1 2", "1a", "1.2.3", "1/2", "-/",
        "1.5/", "١", "１",
        "1\u{0}", "1\u{A0}",
        // Too large for any double: RFC 8259 leaves it open.
        "1e400", "-1e9999", String(repeating: "9", count: 400),
      ], false)

  private static let strings =
    named(
      "string",
      [
        #""""#, #""a""#, #""\"\\\/\b\f\n\r\t""#, #""\u0000""#, #""\u005C\u0022\u0041""#, #""\uFFFF\ufffe""#,
        #""\uD800\uDC00""#,
        #""\udBFF\uDfff""#, #""\u00e9\u4E2D""#, "\"\u{7F}\"", "\"\u{2028}\u{2029}\"", "\"\u{10FFFF}\"", "\"\u{FEFF}\"",
        "\"é中😀\"",
        "\"'\"", "\"//\"", "\"[{,}]\"", "\"" + String(repeating: "x", count: 15) + "\\n\"",
        "\"" + String(repeating: "é", count: 40) + "\"",
      ], true)
    + named(
      "no string",
      [
        "\"", "\"a", "a\"", "'a'", #""\x""#, #""\a""#, #""\U0041""#, #""\u""#, #""\u1""#, #""\u12""#, #""\u123""#,
        #""\u12G4""#, #""\u{41}""#,
        #""\"#, #""\""#, #""\ ""#, #""\'""#, "\"\\\u{0}\"", "\"\\é\"", "\"\t\"", "\"a\u{1F}\"", "\"\u{0}\"", #""a"b"#,
        #""a" "b""#, #"\u0022a\u0022"#,
        "\"" + String(repeating: "x", count: 16) + "\u{1}\"",
        // Half of a surrogate pair names no character: RFC 8259 leaves it open.
        #""\uD800""#, #""\uDC00""#, #""\uD800x""#, #""\uD800\n""#, #""\uD800\u0041""#, #""\uD800\uD800\uDC00""#,
        #""\uDC00\uD800""#,
        #""\ud83d\"#, #""\ud83d\u""#,
      ], false)

  private static let encodings = [
    ("a byte that never stands in UTF-8", [0xFF]), ("a lone continuation", [0x80]),
    ("two bytes for ASCII", [0xC0, 0x80]),
    ("three bytes for two", [0xE0, 0x80, 0x80]), ("four bytes for three", [0xF0, 0x80, 0x80, 0x80]),
    ("a surrogate", [0xED, 0xA0, 0x80]),
    ("beyond U+10FFFF", [0xF4, 0x90, 0x80, 0x80]), ("five bytes", [0xF8, 0x88, 0x80, 0x80, 0x80]),
    ("a cut character", [0xE2, 0x82]),
    ("a cut character before another", [0xC3, 0x41]), ("Latin-1", [0x67, 0x72, 0xF6, 0xDF, 0x65]),
    ("a far one", Array(repeating: 0x61, count: 40) + [0xC3]),
  ].map { Case("not UTF-8: \($0.0)", inQuotes($0.1.map(UInt8.init)), false) }

  private static let values =
    named(
      "value",
      [
        "true", "false", "null", "[]", "[ ]", "[[]]", "[null,true,false]", "[1, 2.5, \"x\", {}]", "{}", "{ }",
        "{\"\":0}", "{\"a\":{\"b\":[]}}",
        "[{\"a\":1,\"b\":[{\"a\":2}]}]", " [ 1 ,\t2\r] ", "{\"a\" : 1 , \"b\":2}", "[\"a\\\"]\"]",
        String(repeating: "[", count: 60) + String(repeating: "]", count: 60),
      ], true)
    + named(
      "no value",
      [
        "", " ", "nul", "nulll", "tru", "truee", "True", "TRUE", "None", "undefined", "a", "[1,]", "[,1]", "[1,,2]",
        "[,]", "[1 2]", "[1;2]", "[1:2]",
        "[", "]", "[1", "[1,", "[[]", "[]]", "[1}", "[1]x", "[] []", "{", "}", "{]", "{\"a\"", "{\"a\":", "{\"a\":1",
        "{\"a\":1]", "{\"a\":1}}", "{\"a\"}",
        "{\"a\" 1}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1,,\"b\":2}", "{,}", "{:1}", "{a:1}", "{'a':1}", "{1:2}",
        "{null:1}", "{\"a\":1 \"b\":2}", "{\"a\"::1}",
        "{\"a\":1;\"b\":2}", "{\"a\":\"b\"\"c\"}", "{[]:1}", "[1]/*x*/", "//x", "#x", "[1,#x]", "\u{C}1", "\u{B}1",
        "\u{A0}1", "\u{FEFF}1", "\u{2028}1", "1\u{0}",
        "<x>", "*", "[*]", "`1`", "${1}", String(repeating: "[", count: 70) + String(repeating: "]", count: 70),
        String(repeating: "[", count: 100_000),
        String(repeating: "{\"a\":", count: 100_000),
        // A name that stands twice: RFC 8259 leaves it open.
        "{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":2}", "[{\"b\":1,\"b\":2}]",
      ], false)

  static let cases = numbers + strings + encodings + values

  private static func isRead(_ source: any TableSource, _ request: ScanRequest = ScanRequest()) -> Bool {
    do throws(SourceError) { return try source.read(request, Progress()).table.rowCount == 1 } catch { return false }
  }

  @Test(arguments: cases) func everyReaderComesToTheSame(one: Case) {
    #expect(((try? JSONValue(parsing: one.bytes)) != nil) == one.isTaken, "as a value")
    let object = Array("{\"v\":".utf8) + one.bytes + Array("}".utf8)
    let line = JSONLinesFormat.source("t", bytes: object, ReadingRequest())
    #expect(Self.isRead(line) == one.isTaken, "in a line")
    let marked = JSONLinesFormat.source("t", bytes: JSONDocument.mark + object, ReadingRequest())
    #expect(Self.isRead(marked) == one.isTaken, "in a line, by the parser")
    let list = JSONFormat.source("t", bytes: Array("[".utf8) + object + Array("]".utf8), ReadingRequest())
    #expect(Self.isRead(list) == one.isTaken, "in a list")
    #expect(Self.isRead(line, ScanRequest(columns: ["other"])) == one.isTaken, "in a column that is not wanted")
    let inside = Array("{\"v\":[".utf8) + one.bytes + Array("]}".utf8)
    // `[` before and `]` behind make one of nothing.
    let isEmpty = one.bytes.allSatisfy { $0 == 0x20 }
    #expect(
      Self.isRead(JSONLinesFormat.source("t", bytes: inside, ReadingRequest())) == (one.isTaken || isEmpty),
      "in a list of values")
  }
}
