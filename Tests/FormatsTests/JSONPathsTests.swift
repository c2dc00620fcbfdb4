import Descriptions
import Kernels
import Notation
import Tables
import Testing

@testable import Formats

/// Objects that are read from their bytes are the same cells as those that go through the parser, which a byte order mark before each
/// line makes all of them do.
@Suite struct JSONPathsTests {
  private static let mark = "\u{FEFF}"

  private static let keys = [
    "a", "b", "c", "longer_than_eight", "longer_than_eight_too", "größe", "e\\u0301", "a\\\"b", "", "n.x",
    "späte Schlüssel",
  ]

  private static let values = [
    "null", "true", "false", "0", "-0", "-0.0", "7", "-12", "123456789012345678", "9007199254740993",
    "9223372036854775807",
    "9223372036854775808", "123456789012345678901234567890", "0.5", "-1.25", "12.500", "1e3", "1E-2", "1.5e+300",
    "1e999",
    "0.1234567890123456789", "1234567.8901", "00", "01", "-", "1.", ".5", "+1", "NaN", "Infinity", "\"\"", "\"x\"",
    "\"12\"",
    "\"007\"", "\"+5\"", "\"1.5\"", "\"inf\"", "\"true\"", "\"yes\"", "\"2026-01-31\"", "\"2026-1-5\"",
    "\"2026-02-30\"",
    "\"2026-01-31T10:00:00\"", "\"2026-01-31T10:00:00.25+01:00\"", "\"2026-01-31 10:00:00Z\"", "\"größe 中 😀\"",
    "\"a\\n\\t\\\"\\\\\\/b\"", "\"\\u00e9\\u4e2d\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\ude00x\"", "\"\\x\"",
    "\"\\u12g4\"",
    "\"a text that is longer than sixteen bytes, and has an \\u0000 in it\"",
    "\"a plain one that is longer than sixteen bytes\"",
    "[]", "[1, 2.5, \"x\"]", "[[[]]]", "[{\"k\":1,\"k\":2}]", "[{\"k\":1,\"l\":[null,true]}]", "[1,]", "[1 2]",
    "[\"\\ud800\"]", "[1e999]",
    "{}", "{\"x\":1}", "{\"x\":\"t\",\"y\":{\"z\":[1]}}", "{\"x\":1,\"x\":2}", "{\"x\":}", "truth", "nul", "\"open",
    "\"tab\there\"",
  ]

  private struct Lines {
    var random: CounterRandom

    mutating func one<Element>(_ all: [Element]) -> Element { all[random.next(below: all.count)] }

    private mutating func space() -> String { random.next(below: 4) > 0 ? "" : one([" ", "  ", "\t", "\r"]) }

    mutating func line(usual: Bool) -> String {
      let count = random.next(below: 7)
      // Mostly in one order and each key once, for that is what is read from bytes.
      var places =
        random.next(below: 3) > 0 ? Array(0..<min(count, 5)) : (0..<count).map { _ in random.next(below: keys.count) }
      if random.next(below: 5) == 0 { places.shuffle(using: &random) }
      let members = places.map { place -> String in
        let value = usual && random.next(below: 12) > 0 ? usualValue(place) : one(values)
        return space() + "\"" + keys[place] + "\"" + space() + ":" + space() + value + space()
      }
      return space() + "{" + members.joined(separator: ",") + "}" + space()
    }

    private mutating func usualValue(_ place: Int) -> String {
      switch place {
      case 0: "\(Int64(bitPattern: random.next()) >> Int64(random.next(below: 64)))"
      case 1: "\(Double(Int64(bitPattern: random.next()) >> Int64(20 + random.next(below: 43))) / 1024)"
      case 2: "\"word \(random.next(below: 9))\""
      case 3: random.next(below: 2) == 0 ? "true" : "false"
      default: "{\"x\":\(random.next(below: 9)),\"y\":{\"z\":null}}"
      }
    }

    /// Changes, adds or takes away a few bytes.
    mutating func damaged(_ line: String) -> [UInt8] {
      var bytes = Array(line.utf8)
      let alphabet = Array("{}[]\",:\\u0eE+-.9tfn ".utf8) + [0, 0x1F, 0x80, 0xC3, 0xED, 0xF4, 0xFF]
      for _ in 0..<random.next(below: 4) where !bytes.isEmpty {
        let place = random.next(below: bytes.count)
        switch random.next(below: 3) {
        case 0: bytes[place] = one(alphabet)
        case 1: bytes.remove(at: place)
        default: bytes.insert(one(alphabet), at: place)
        }
      }
      return bytes
    }
  }

  private static func options(_ seed: UInt64) -> Options {
    var options: [String: RawValue] = [:]
    if seed & 1 != 0 { options["on_conflict"] = .word("reject") }
    if seed & 2 != 0 {
      let types = [
        "a": "int", "b": "float", "c": "datetime", "longer_than_eight": "bool", "größe": "date", "n.x": "text",
      ]
      options["types"] = .record(types.sorted { $0.key < $1.key }.map { RawField($0.key, .word($0.value)) })
    }
    if seed & 12 == 12 { options["columns"] = .list([.text("c"), .text("a")]) }
    if seed & 48 == 48 { options["rows"] = .int(40) }
    return Options(options)
  }

  private enum Outcome: Equatable {
    case rows(Table, [UInt64], [String])
    case failure(SourceError)

    var words: String {
      switch self {
      case .rows(let table, _, let notes): "\(table.rowCount) rows of \(table.schema), \(notes)"
      case .failure(let error): "\(error)"
      }
    }
  }

  private static func outcome(_ bytes: [UInt8], _ options: Options, _ format: any TableReading.Type) -> Outcome {
    let request = ReadingRequest(options)
    let source =
      format == JSONFormat.self
      ? JSONFormat.source("t", bytes: bytes, request) : JSONLinesFormat.source("t", bytes: bytes, request)
    do throws(SourceError) {
      let read = try source.read(ScanRequest(), Progress())
      // Zeros of both signs are equal, but not the same.
      let bits = read.table.columns.flatMap { column -> [UInt64] in
        if case .float(let cells) = column { cells.values.map(\.bitPattern) } else { [] }
      }
      return .rows(read.table, bits, read.notes)
    } catch { return .failure(error) }
  }

  /// More than the sample holds, of the usual kind, so that what comes after it meets columns that are settled.
  private static func sampled(_ random: inout Lines) -> [[UInt8]] {
    (0..<1800).map { row in
      Array(
        #"{"a":\#(row),"b":\#(row).5,"c":"word \#(row % 7)","longer_than_eight":true,"longer_than_eight_too":{"x":1,"y":{"z":2}}}"#
          .utf8)
    }
  }

  @Test(arguments: 0..<240 as Range<UInt64>) func bothGiveTheSame(seed: UInt64) {
    var lines = Lines(random: CounterRandom(seed: seed))
    let isSettled = seed % 3 == 0
    var text = isSettled ? Self.sampled(&lines) : []
    for _ in 0..<60 {
      let line = lines.line(usual: seed % 4 > 0)
      text.append(seed % 5 == 0 ? lines.damaged(line) : Array(line.utf8))
    }
    let options = Self.options(seed / 3)
    let fast = Self.outcome(Array(text.joined(separator: [0x0A])), options, JSONLinesFormat.self)
    // A blank line is none, but not with a mark.
    let marked = text.map { line in
      line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } ? line : Array(Self.mark.utf8) + line
    }
    let general = Self.outcome(Array(marked.joined(separator: [0x0A])), options, JSONLinesFormat.self)
    let areSame = fast == general
    #expect(areSame, "seed \(seed): \(fast.words)\nand not \(general.words)")
  }

  /// Whatever stands between the elements.
  @Test(arguments: 0..<60 as Range<UInt64>) func aListIsWhatItsLinesAre(seed: UInt64) throws {
    var lines = Lines(random: CounterRandom(seed: seed))
    var text = Array(Self.sampled(&lines).prefix(Int(seed % 2) * 1800))
    while text.count % 1800 < 60 {
      let line = Array(lines.line(usual: true).utf8)
      if (try? JSONValue(parsing: line)) != nil { text.append(line) }
    }
    let options = Self.options(seed | 1)
    let expected = Self.outcome(Array(text.joined(separator: [0x0A])), options, JSONLinesFormat.self)
    let mark = Array(lines.one([",", ",\n", " , ", "\n,\r\n\t"]).utf8)
    let list =
      Array(lines.one(["[", " \n[ ", "\u{FEFF}[\n"]).utf8) + text.joined(separator: mark) + Array("\n]\n".utf8)
    let found = Self.outcome(list, options, JSONFormat.self)
    let areSame =
      if case .rows(let table, let bits, _) = expected, case .rows(let read, let others, _) = found {
        read == table && bits == others
      } else { found == expected }
    #expect(areSame, "seed \(seed): \(found.words)\nand not \(expected.words)")
  }
}
