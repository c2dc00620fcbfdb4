import Notation
import Testing

@Suite struct JSONParserTests {
  @Test(arguments: [
    ("0", JSONValue.int(0)), ("-0", .int(0)), ("-0.0", .double(-0.0)), ("12.50", .double(12.5)), ("1e3", .double(1000)),
    ("0.1", .double(0.1)), ("123456789012345.678", .double(123456789012345.678)),
    ("5e-324", .double(.leastNonzeroMagnitude)),
    ("1E+2", .double(100)), ("9007199254740993.0", .double(9_007_199_254_740_992)),
    ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
    ("9223372036854775808", .double(9_223_372_036_854_775_808)), ("1e-999", .double(0)),
  ])
  func numbersKeepTheirValue(text: String, value: JSONValue) throws {
    #expect(try JSONValue(parsing: text) == value)
  }

  @Test(arguments: [
    (#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{c}\n\r\t"), (#""\u00e9\u4E2D""#, "é中"), (#""\ud83d\ude00""#, "😀"),
    (#""größe 中 😀""#, "größe 中 😀"), (#""\u0000""#, "\0"), ("\"\"", ""),
  ])
  func escapesAreRead(text: String, value: String) throws {
    #expect(try JSONValue(parsing: text) == .string(value))
  }

  @Test func objectsKeepTheOrderOfTheirMembers() throws {
    let value = try JSONValue(parsing: #" { "b" : [ 1 , true , null ] , "a" : { } } "#)
    #expect(value == ["b": [1, true, nil], "a": .object([])])
    #expect(value.text == #"{"b":[1,true,null],"a":{}}"#)
  }

  @Test(arguments: [
    ("", JSONError.Reason.expected("a value")), ("   ", .expected("a value")), ("nul", .expected("a value")),
    ("[1,]", .expected("a value")), ("[1 2]", .expected("',' or ']'")), ("{\"a\" 1}", .expected("':'")),
    ("{a: 1}", .expected("a name in quotes")), ("{\"a\":1,}", .expected("a name in quotes")),
    ("{\"a\":1]", .expected("',' or '}'")), ("\"abc", .expected("the end of the string")),
    ("\"abc\\", .badEscape), ("01", .badNumber), ("-", .badNumber), ("1.", .badNumber), (".5", .expected("a value")),
    ("1e", .badNumber), ("+1", .expected("a value")), ("1e999", .numberOutOfRange), ("NaN", .expected("a value")),
    (#""\x""#, .badEscape), (#""\u12g4""#, .badEscape), (#""\ud800""#, .loneSurrogate),
    (#""\ude00""#, .loneSurrogate), (#""\ud800\u0041""#, .loneSurrogate), (#""\ud800\n""#, .loneSurrogate),
    ("\"a\nb\"", .controlCharacter), ("1 2", .trailingText), ("[] x", .trailingText), ("\0", .expected("a value")),
    (#"{"a":1,"a":2}"#, .duplicateName("a")), (#"{"a":1,"\u0061":2}"#, .duplicateName("a")),
  ])
  func malformedTextIsAnError(text: String, reason: JSONError.Reason) {
    #expect { _ = try JSONValue(parsing: text) } throws: { ($0 as? JSONError)?.reason == reason }
  }

  @Test(arguments: [
    [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xE2, 0x22],
  ])
  func invalidUTF8IsAnError(bytes: [UInt8]) {
    #expect(throws: JSONError(.badUTF8, offset: 0)) { _ = try JSONValue(parsing: bytes) }
  }

  @Test(arguments: ["[", "{\"a\":", "[{\"a\":"])
  func deepNestingIsAnErrorNotACrash(opening: String) {
    let text = String(repeating: opening, count: 500_000)
    #expect { _ = try JSONValue(parsing: text) } throws: {
      ($0 as? JSONError)?.reason == .tooDeep(limit: 64)
    }
  }

  @Test func nestingUpToTheLimitIsRead() throws {
    let text = String(repeating: "[", count: 5) + String(repeating: "]", count: 5)
    #expect(try JSONValue(parsing: text, depth: 5).text == text)
    #expect(throws: JSONError.self) { _ = try JSONValue(parsing: text, depth: 4) }
    // Siblings do not add up.
    #expect(try JSONValue(parsing: "[[],[],[],{},{}]", depth: 2).elements?.count == 5)
  }

  @Test func longTextIsRefusedBeforeItIsRead() {
    #expect(throws: JSONError(.tooLong(limit: 4), offset: 4)) { _ = try JSONValue(parsing: "[1,2]", limit: 4) }
  }

  @Test func duplicatesAreFoundAmongManyNames() throws {
    let members = (0..<1000).map { "\"n\($0)\":\($0)" }
    let whole = "{" + members.joined(separator: ",") + "}"
    #expect(try JSONValue(parsing: whole)["n999"] == 999)
    let doubled = "{" + members.joined(separator: ",") + ",\"n7\":0}"
    #expect { _ = try JSONValue(parsing: doubled) } throws: { ($0 as? JSONError)?.reason == .duplicateName("n7") }
  }

  @Test func hugeNumbersOfDigitsAreRead() throws {
    let digits = String(repeating: "9", count: 300)
    #expect(try JSONValue(parsing: digits) == .double(1e300))
    let long = "0." + String(repeating: "1", count: 100_000)
    #expect(try JSONValue(parsing: long) == .double(0.1111111111111111))
  }

  @Test func anyPrefixOfADocumentIsAnErrorNotACrash() {
    let text = Array(#"{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00",{"b":null,"c":[true,false]}],"größe":"中"}"#.utf8)
    for length in 0..<text.count {
      #expect(throws: JSONError.self) { _ = try JSONValue(parsing: Array(text[..<length])) }
    }
  }

  @Test(arguments: UInt64(1)...100)
  func damagedDocumentsEndInAValueOrAnError(seed: UInt64) throws {
    var random = TestRandom(state: seed)
    let whole = JSONWriterTests.value(&random, depth: 5).bytes
    let alphabet = Array("{}[]\",:\\u0eE+-.9tfn \u{0}".utf8) + [0x80, 0xC3, 0xED, 0xF4, 0xFF]
    for _ in 0..<200 {
      var damaged = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) where !damaged.isEmpty {
        let place = Int.random(in: 0..<damaged.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: damaged[place] = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        case 1: damaged.remove(at: place)
        default: damaged.insert(alphabet[Int.random(in: 0..<alphabet.count, using: &random)], at: place)
        }
      }
      guard let value = try? JSONValue(parsing: damaged) else { continue }
      #expect(try JSONValue(parsing: value.bytes) == value)
    }
  }
}
