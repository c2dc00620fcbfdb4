import Descriptions
import Foundation
import Kernels
import Tables
import Testing

@testable import Formats

/// Attribute-relation files as Weka, liac-arff and scipy write them.
@Suite struct ARFFTests {
  private func source(_ text: String, _ options: [String: RawValue] = [:]) -> any TableSource {
    ARFFFormat.source("t.arff", bytes: Array(text.utf8), ReadingRequest(Options(options)))
  }

  private func rows(_ text: String, _ options: [String: RawValue] = [:]) throws(SourceError) -> SourceRows {
    try source(text, options).read(columns: nil, Progress())
  }

  private func failure(_ text: String, _ options: [String: RawValue] = [:]) -> SourceError? {
    do throws(SourceError) {
      _ = try rows(text, options)
      return nil
    } catch { return error }
  }

  private static let header = """
    % a comment
    @RELATION 'two words'

    @attribute 'a b' NUMERIC
    @attribute n integer
    @Attribute "s" string
    @attribute c {red, 'dark blue', "it\\'s", '?'}
    @attribute d date
    @attribute e DATE "dd.MM.yyyy"
    @DATA

    """

  @Test func typesAndValuesAreThoseOfTheHeader() throws {
    let table = try rows(
      Self.header + """
        5.5, 3, 'a, b', red, '2020-01-02T03:04:05', 31.12.1999
        % another
        ?,?,?,?,?,?

        -1e3\t7\tplain text\t'dark blue'\t2020-01-02T03:04:05\t"01.02.2003"
        1,2,'it\\'s 100\\% \\u00e9\\\\\\n',"it's",?,?
        nan,1,'?','?',?,?\r
        """
    ).table
    #expect(table.names == ["a b", "n", "s", "c", "d", "e"])
    #expect(table.types == [.float, .int, .text, .text, .datetime, .date])
    #expect(table["a b"] == .float(Cells([5.5, nil, -1000, 1, nil], filler: 0)))
    #expect(table["n"] == .int(Cells([3, nil, 7, 2, 1], filler: 0)))
    #expect(table["s"] == .text(TextCells(["a, b", nil, "plain text", "it's 100% é\\\n", "?"])))
    #expect(table["c"] == .text(TextCells(["red", nil, "dark blue", "it's", "?"])))
    #expect(table.words("d") == ["2020-01-02T03:04:05Z", "", "2020-01-02T03:04:05Z", "", ""])
    #expect(table.words("e") == ["1999-12-31", "", "2003-02-01", "", ""])
  }

  @Test func rowsInBracesListWhatIsNotZero() throws {
    let table = try rows(Self.header + "{0 2.5, 3 'dark blue'}\n{}\n{1 ?,2 \"q, }\"}\n").table
    #expect(table["a b"] == .float(Cells([2.5, 0, 0])))
    #expect(table["n"] == .int(Cells([0, 0, nil], filler: 0)))
    #expect(table["s"] == .text(TextCells(["", "", "q, }"])))
    #expect(table["c"] == .text(TextCells(["dark blue", "red", "red"])))
    #expect(table["d"] == .missing(.datetime, count: 3) && table.names.count == 6)
  }

  @Test func weightsOfRowsAreAColumn() throws {
    let header = "@attribute weight numeric\n@attribute c {a}\n@data\n"
    let table = try rows(header + "1,a,{0.5}\n{0 2},{2}\n3,a\n").table
    #expect(table.names == ["weight", "c", "weight_2"])
    #expect(table["weight_2"] == .float(Cells([0.5, 2, 1])))
    // In the sample nobody has one.
    let late = header + String(repeating: "1,a\n", count: 20_000) + "1,a,{2}\n"
    #expect(failure(late)?.line == 20_004)
  }

  @Test func aTableWithinTheTableIsNamedAndPassedOver() throws {
    let text =
      "@attribute x numeric\n@attribute bag relational\n@attribute y numeric\n@end bag\n@attribute z numeric\n@data\n1,'3\\n4',2\n"
    let read = try rows(text)
    #expect(read.table.names == ["x", "z"] && read.table.words("z") == ["2.0"])
    #expect(read.notes == ["columns that are not read: 'bag' (a table within the table)"])
  }

  @Test(arguments: [
    ("1,2", "has 2 values, not 6"), ("1,2,s,red,?,?,7", "has 7 values, not 6"), ("1,2,'s,red,?,?", "never closed"),
    ("1,2,'s't,red,?,?", "behind a value in quotes"), ("1,2,s,green,?,?", "has 'green', which 'c' does not declare"),
    ("{6 1}", "names no attribute"), ("{x 1}", "names no attribute"), ("{1 2, 0 1}", "attribute 0 behind attribute 1"),
    ("{0 1", "never closed"), ("{0 1} 2", "behind its last brace"), ("1,2,s,red,?,?,{2", "weight"),
  ])
  func aLineThatIsNoRowIsAnErrorThatNamesIt(line: String, words: String) throws {
    let error = failure(Self.header + "?,?,?,?,?,?\n" + line + "\n")
    guard case .badRow(let row, _, let problem, _)? = error?.reason else {
      Issue.record("\(line): \(String(describing: error))")
      return
    }
    #expect(row == 2 && error?.line == 12 && problem.contains(words), "\(problem)")
  }

  @Test(arguments: [
    ("x,2,s,red,?,?", "a b", "x", ColumnType.float),
    ("9007199254740993,2,s,red,?,?", "a b", "9007199254740993", .float),
    ("1,2.5,s,red,?,?", "n", "2.5", .int), ("1,2,s,red,soon,?", "d", "soon", .datetime),
    ("1,2,s,red,?,31.02.1999", "e", "31.02.1999", .date),
  ])
  func aValueThatDoesNotFitIsAnErrorThatNamesItsColumn(line: String, column: String, text: String, type: ColumnType) {
    let error = failure(Self.header + line + "\n")
    #expect(error?.reason == .badCell(row: 1, column: column, text: text, type: type, others: 0))
    #expect(error?.line == 11)
  }

  /// What is stated goes before the header: digits are kept, and any value is taken.
  @Test func statedTypesGoBeforeTheHeader() throws {
    let types = RawValue.record([
      RawField("a b", .word("int")), RawField("c", .word("text")), RawField("d", .word("text")),
    ])
    let table = try rows(Self.header + "9007199254740993,2,s,green,soon,?\n", ["types": types]).table
    #expect(table["a b"] == .int(Cells([9_007_199_254_740_993])))
    #expect(table.words("c") == ["green"] && table.words("d") == ["soon"])
  }

  @Test func refusedRowsAreKept() throws {
    let path = NSTemporaryDirectory() + "mlp-arff-\(UUID().uuidString).csv"
    defer { unlink(path) }
    let read = try rows(
      Self.header + "1,2,s,red,?,?\n1,2\nx,2,s,red,?,?\n3,4,t,red,?,?\n",
      ["on_conflict": .word("reject"), "rejects": .text(path)])
    #expect(read.table["a b"] == .float(Cells([1, 3])))
    #expect(read.notes == ["2 rows rejected, kept in \(path)"])
    let kept = try DelimitedSource(path: path).read(columns: nil, Progress()).table
    #expect(kept.words("line") == ["12", "13"] && kept.words("row") == ["1,2", "x,2,s,red,?,?"])
    #expect(kept.words("reason") == ["has 2 values, not 6", "'x' is not float"])
  }

  @Test(arguments: [
    ("", "no line `@data`"), ("@relation x\n@attribute a numeric\n", "no line `@data`"), ("a,b\n1,2\n", "no ARFF file"),
    ("@attribute a colour\n@data\n", "neither numeric"), ("@attribute a {x, 'y\n@data\n", "neither numeric"),
    ("@relation x\n@data\n1\n", "declares no attribute"),
  ])
  func aHeaderThatIsNoneIsAnError(text: String, words: String) {
    guard case .badFormat(let said)? = failure(text)?.reason else {
      Issue.record("\(text)")
      return
    }
    #expect(said.contains(words))
  }

  @Test func aHeaderMayBeLongerThanTheSample() throws {
    let values = (0..<20_000).map { "v\($0)" }
    let text = "@attribute c {\(values.joined(separator: ","))}\n@data\nv19999\nv0\n"
    #expect(text.utf8.count > SampledStream.sampleSize)
    #expect(try rows(text).table.words("c") == ["v19999", "v0"])
  }

  @Test(
    arguments: [
      ("yyyy-MM-dd HH:mm:ss.SSS", "2020-01-02 03:04:05.678", 1_577_934_245_678_000),
      ("yyyyMMdd", "20200102", 1_577_923_200_000_000),
      ("d MMM yy", "2 January 20", 1_577_923_200_000_000),
      ("MM/dd/yyyy hh:mm a", "01/02/2020 12:04 AM", 1_577_923_440_000_000),
      ("yyyy-MM-dd'T'HH:mmX", "2020-01-02T03:04+01:00", 1_577_930_640_000_000),
      ("yyyy''MM''dd", "2020'01'02", 1_577_923_200_000_000),
      ("dd.MM.yyyy", "02.01.2020 ", nil), ("dd.MM.yyyy", "30.02.2020", nil), ("yyyy-MM-dd HH", "2020-01-02 24", nil),
    ] as [(String, String, Int64?)])
  func datesOfJava(pattern: String, text: String, moment: Int64?) throws {
    #expect(try #require(ARFFDateFormat(pattern)).microseconds(text.utf8) == moment)
  }

  @Test func patternsThatAreNotKnownAreText() throws {
    #expect(ARFFDateFormat("yyyy-ww") == nil && ARFFDateFormat("HH:mm") == nil)
    let read = try rows("@attribute d date 'EEE, d MMM yyyy'\n@data\n'Thu, 2 Jan 2020'\n")
    #expect(read.table.words("d") == ["Thu, 2 Jan 2020"] && read.notes.count == 1)
  }

  /// What is written is read back as the same cells, moments as their texts unless their type is stated.
  @Test(arguments: ["t.arff", "t.arff.gz"]) func aTableIsReadBack(name: String) throws {
    let path = NSTemporaryDirectory() + "mlp-\(UUID().uuidString)-\(name)"
    defer { unlink(path) }
    let table = RoundTripTests.table(seed: 11, rows: 30_000)
    #expect(try ARFFFormat.write(table, to: path) == DurableFile.read(path, limit: .max).count)
    let stated = RawValue.record([RawField("moment", .word("datetime")), RawField("bool", .word("bool"))])
    let source = ARFFFormat.source(path, ReadingRequest(Options(["types": stated])))
    #expect(try source.read(columns: nil, Progress()).table == table)
    #expect(try source.declaredSchema()?.schema == table.schema)
    let pruned = try source.read(columns: ["int"], Progress()).table
    #expect(pruned == table.select(["int"]))
    #expect(try source.read(ScanRequest(limit: 20_001), Progress()).table == table.head(20_001))
  }

  @Test func theTableIsTheSameOnAnyNumberOfThreads() throws {
    let text = String(decoding: ARFFFormat.bytes(RoundTripTests.table(seed: 5, rows: 40_000)), as: UTF8.self)
    let before = Threads.count
    defer { Threads.set(before) }
    Threads.set(1)
    let one = try rows(text).table
    Threads.set(4)
    #expect(try rows(text).table == one)
  }

  @Test func filesAreReadAsOneTable() throws {
    let parts = ["1", "2\n3"].map { source("@attribute x numeric\n@data\n\($0)\n") }
    let table = try ConcatenatedSource(parts, paths: ["a.arff", "b.arff"], union: false).read(columns: nil, Progress())
      .table
    #expect(table["x"] == .float(Cells([1, 2, 3])))
  }

  /// Damaged text is rows or an error, never a trap.
  @Test(arguments: 0..<8 as Range<UInt64>) func damageIsAnError(seed: UInt64) {
    var random = CounterRandom(seed: seed)
    let whole = Array(
      (Self.header + "5.5, 3, 'a\\n', red, '2020-01-02T03:04:05', 31.12.1999\n{0 2.5, 3 red},{2}\n").utf8)
    var outcomes = 0
    for _ in 0..<400 {
      var bytes = whole
      for _ in 0...random.next(below: 3) { bytes[random.next(below: bytes.count)] = UInt8(random.next(below: 256)) }
      do throws(SourceError) {
        let read = try ARFFFormat.source("t", bytes: bytes, ReadingRequest()).read(columns: nil, Progress())
        #expect(read.table.columns.allSatisfy { $0.count == read.table.rowCount })
        outcomes |= 1
      } catch { outcomes |= 2 }
    }
    #expect(outcomes == 3)
  }
}
