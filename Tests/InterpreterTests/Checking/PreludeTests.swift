import Diagnostics
import Glibc
import Interpreter
import Kernels
import Language
import Tables
import Testing

struct PreludeTests {
  static let text: String = {
    let tests = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let path = "/" + tests + "/stdlib/prelude.mlp"
    let bytes = (try? DurableFile.read(path, limit: 1 << 20)) ?? []
    return String(decoding: bytes, as: UTF8.self)
  }()

  static let scope = Checker(fakeVocabulary, readScript: CheckerTests.readNothing).prelude(text).scope

  @Test("it parses, and is as the formatter would have it")
  func parses() {
    var sink = DiagnosticSink()
    let program = Parser.parse(SourceFile(name: "prelude", text: Self.text), &sink)
    #expect(sink.diagnostics.isEmpty)
    #expect(program.statements.count >= 25)
  }

  @Test("every function's body is sound whatever it is given")
  func isSound() {
    let functions = Self.text.split(separator: "define", maxSplits: 1).first ?? ""
    #expect(!functions.isEmpty)
    let checked = CheckerTests.check(String(functions))
    #expect(checked.diagnostics.isEmpty)
  }

  @Test("each rule takes what is right, refuses what is wrong, and abstains on missing")
  func rules() {
    for (name, right, wrong) in Self.cases {
      for text in right { #expect(Self.value("\(name)(\(text))") == .cell(.bool(true)), "\(name)(\(text))") }
      for text in wrong { #expect(Self.value("\(name)(\(text))") == .cell(.bool(false)), "\(name)(\(text))") }
      let isText = right[0].hasPrefix("\"")
      #expect(Self.value("\(name)(\(isText ? "text(missing)" : "float(missing)"))") == .cell(.missing), "\(name)")
    }
  }

  static func value(_ written: String) -> Scalar? {
    let (scalar, diagnostics) = People.scalar(written, scope)
    #expect(diagnostics.isEmpty, "\(written): \(diagnostics.map(\.message))")
    return scalar
  }

  static let cases: [(String, [String], [String])] = [
    ("email", ["\"a.b+c@d-e.org\"", "\"x@y.co.uk\""], ["\"x@y\"", "\"x y@z.org\"", "\"@z.org\"", "\"x@y..org\""]),
    ("url", ["\"https://a.org/b?c=1\"", "\"http://localhost:80/\""], ["\"a.org\"", "\"http://\"", "\"http://a b\""]),
    ("uuid", ["\"123e4567-e89b-12d3-a456-426614174000\""], ["\"123e4567e89b12d3a456426614174000\""]),
    ("ipv4", ["\"127.0.0.1\"", "\"255.255.255.255\""], ["\"256.1.1.1\"", "\"1.2.3\"", "\"01.2.3.4\""]),
    ("phone", ["\"+47 22 33 44 55\"", "\"(555) 123-4567\""], ["\"12\"", "\"call me\""]),
    ("iso_date", ["\"2024-02-29\""], ["\"2023-02-29\"", "\"29.2.2024\""]),
    ("card_number", ["\"4111 1111 1111 1111\""], ["\"4111 1111 1111 1112\"", "\"4111\""]),
    ("numeral", ["\"-1.5e3\"", "\".5\""], ["\"1,5\"", "\"\""]),
    ("not_blank", ["\"a\""], ["\"  \"", "\"\""]), ("one_word", ["\"a-b\""], ["\"a b\""]),
    ("positive", ["1.5"], ["0.0", "-1.0"]), ("non_negative", ["0.0"], ["-0.5"]), ("whole", ["2.0"], ["2.5"]),
    ("percent", ["0.0", "100.0"], ["100.5"]), ("probability", ["1.0"], ["1.1"]), ("latitude", ["-90.0"], ["91.0"]),
    ("longitude", ["180.0"], ["-181.0"]),
  ]

  @Test("cleaning gives what it says")
  func cleans() {
    #expect(Self.value("squeezed(\"  a \t b \")") == .cell(.text("a b")))
    #expect(Self.value("plain(\" A  B\")") == .cell(.text("a b")))
    #expect(Self.value("digits_only(\"+47 22-33\")") == .cell(.text("472233")))
    #expect(Self.value("blank_to_missing(\" \")") == .cell(.missing))
    #expect(Self.value("says(3 > 2, \"leaves\")") == .cell(.text("leaves")))
    #expect(Self.value("says(3 < 2, \"leaves\")") == .cell(.missing))
  }
}
