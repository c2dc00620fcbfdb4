import Glibc
import Kernels
import Tables
import Testing

@testable import Formats

/// What is written as LIBSVM's text, and that it reads back as the same numbers.
@Suite struct LibSVMWritingTests {
  private static func text(_ table: Table) throws(SourceError) -> String {
    var encoder = try LibSVMFormat.encoder(table)
    return String(decoding: try encoder.append(table, Progress()) + encoder.finish(Progress()), as: UTF8.self)
  }

  private static func refusal(_ table: Table) -> String? {
    do throws(SourceError) {
      _ = try text(table)
      return nil
    } catch {
      guard case .badFormat(let words) = error.reason else { return nil }
      return words
    }
  }

  @Test func zerosAreLeftOutButForTheEndsOfTheFirstRow() throws {
    let vector = VectorCells(names: ["a", "b"], values: [0, 1, 0, 0], count: 2)
    let table = Table([
      ("age", .int(Cells([0, 7]))), ("label", .float(Cells([0.5, -1]))),
      ("is", .bool(Cells([true, nil], filler: false))),
      ("v", .vector(vector)), ("x", .float(Cells([0, 0.1]))),
    ])
    #expect(try Self.text(table) == "0.5 1:0.0 2:1.0 4:1.0 5:0.0\n-1.0 1:7.0 2:nan 5:0.1\n")
  }

  @Test func numberedColumnsKeepTheirNumbersAndQueriesStandBehindTheLabel() throws {
    let table = Table([
      ("f0", .float(Cells([0, 2]))), ("label", .int(Cells([3, 4]))), ("f7", .float(Cells([1, .infinity]))),
      ("qid", .int(Cells([8, nil], filler: 0))),
    ])
    #expect(try Self.text(table) == "3 qid:8 0:0.0 7:1.0\n4 0:2.0 7:nan\n")
    let unordered = Table([
      ("label", .int(Cells([1]))), ("f7", .float(Cells([1]))), ("f3", .float(Cells([2]))),
    ])
    #expect(try Self.text(unordered) == "1 1:1.0 2:2.0\n")
  }

  @Test func severalLabelsAreTextAndWordsAreNone() throws {
    let x = Column.float(Cells([1, 2]))
    #expect(try Self.text(Table([("label", .text(TextCells(["1,3", "2"]))), ("x", x)])) == "1,3 1:1.0\n2 1:2.0\n")
    let words = Self.refusal(Table([("label", .text(TextCells(["1", "setosa"]))), ("x", x)]))
    #expect(words == "row 2 has the label 'setosa', and labels are numbers: encode them")
  }

  @Test func whatTheFormatHasNoPlaceForIsRefusedByName() {
    let (label, x) = (Column.int(Cells([1])), Column.float(Cells([1])))
    #expect(Self.refusal(Table([("x", x)]))?.contains("rename label = COLUMN") == true)
    #expect(Self.refusal(Table([("label", label), ("t", .text(TextCells(["a"])))]))?.contains("'t' is text") == true)
    #expect(Self.refusal(Table([("label", label), ("d", .date(Cells([1])))]))?.contains("'d' is date") == true)
    #expect(Self.refusal(Table([("label", label), ("qid", x)]))?.contains("'qid' is float") == true)
    #expect(Self.refusal(Table([("label", .missing(.int, count: 1)), ("x", x)])) == "row 1 has no label")
    let large = Table([("label", label), ("x", .int(Cells([1 << 53 + 1])))])
    #expect(Self.refusal(large)?.contains("9007199254740993") == true)
  }

  /// Random tables, cut in any way, read back as their numbers; what is read back is compared as the file is written too.
  @Test(arguments: 0..<30 as Range<UInt64>, ["", ".gz", ".zst"]) func randomTablesComeBack(seed: UInt64, ending: String)
    throws
  {
    var random = CounterRandom(seed: seed)
    let (rows, features) = (1 + random.next(below: 60), random.next(below: 12))
    var columns: [(String, Column)] = [("label", .int(Cells((0..<rows).map { _ in Int64(random.next(below: 3)) - 1 })))]
    let first = random.next(below: 2)
    for place in 0..<features {
      let cells = (0..<rows).map { _ -> Double? in
        [0, 0, nil, Double(random.next(below: 9)) / 8, Double(bitPattern: random.next() >> 2)][random.next(below: 5)]
      }
      columns.append(("f\(place + first)", .float(Cells(cells, filler: 0))))
    }
    let table = Table(columns, rowCount: rows)
    let path = "/tmp/mlp-libsvm-\(getpid())-\(seed).libsvm\(ending)"
    defer { unlink(path) }
    let file = try TableFileWriter(path: path, LibSVMFormat.self)
    for start in stride(from: 0, to: rows, by: 7) {
      try file.append(table.take(RowList(start..<min(rows, start + 7))), Progress())
    }
    _ = try file.finish(Progress())
    let back = try LibSVMFormat.source(path, ReadingRequest()).read(columns: nil, Progress()).table
    let expected = try LibSVMLayout(table).read(table)
    #expect(back == expected)
    for (name, column) in columns { #expect(back[name] == column, "\(name)") }
  }
}
