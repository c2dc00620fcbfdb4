import Engine
import Kernels
import Plan
import Tables

/// A table of random cells of every type, with keys of few and of many values.
struct RandomRows {
  let table: Table
  private(set) var random: CounterRandom

  static let keys = ["bit", "few", "many", "day", "word", "name", "real"]
  static let values = ["x", "y", "i", "big", "flag", "when", "moment", "text", "plain"]

  init(seed: UInt64, rows: Int) {
    var random = CounterRandom(seed: seed, stream: 0x6A)
    let missing = [0, 0, 0.1, 0.5][random.next(below: 4)]
    func cells<Value>(_ make: (inout CounterRandom) -> Value) -> [Value?] {
      (0..<rows).map { _ in
        let value = make(&random)
        return random.nextUniform() < missing ? nil : value
      }
    }
    let scale = [1.0, 1e12, 1e-9, 1e300][random.next(below: 4)]
    let words = ["a", "b", "é", "e\u{301}", "", " ", "long enough for two loads of a word", "NA"]
    let codes = cells { Int32($0.next(below: words.count)) }
    let columns: [(String, Column)] = [
      ("bit", .bool(Cells(cells { $0.next(below: 2) == 0 }, filler: false))),
      ("few", .int(Cells(cells { Int64($0.next(below: 4)) - 2 }, filler: 0))),
      ("many", .int(Cells(cells { [Int64.min, -1, 0, 1, Int64.max][$0.next(below: 5)] }, filler: 0))),
      ("day", .date(Cells(cells { Int32($0.next(below: 5)) * 300 - 700 }, filler: 0))),
      ("word", .text(Self.dictionary(codes, words))),
      ("name", .text(TextCells(cells { words[$0.next(below: words.count)] }))),
      ("real", .float(Cells(cells { [0.0, -0.0, 1.5, -1.5, 1e300][$0.next(below: 5)] }, filler: 0))),
      ("x", .float(Cells(cells { $0.nextNormal() * scale }, filler: 0))),
      ("y", .float(Cells(cells { Double($0.next(below: 5)) / 4 }, filler: 0))),
      ("i", .int(Cells(cells { Int64($0.next(below: 9)) - 4 }, filler: 0))),
      (
        "big",
        .int(Cells(cells { $0.next(below: 2) == 0 ? .max - Int64($0.next(below: 3)) : Int64.min / 2 }, filler: 0))
      ),
      ("flag", .bool(Cells(cells { $0.next(below: 3) == 0 }, filler: false))),
      ("when", .date(Cells(cells { Int32($0.next(below: 9)) - 4 }, filler: 0))),
      ("moment", .datetime(Cells(cells { Int64($0.next(below: 7)) * 86_400_000_000 }, filler: 0))),
      ("text", .text(Self.dictionary(cells { Int32($0.next(below: words.count)) }, words))),
      ("plain", .text(TextCells(cells { words[$0.next(below: words.count)] }))),
    ]
    table = Table(columns, rowCount: rows)
    self.random = random
  }

  /// The same rows, the next draws being those of `random`.
  func drawing(_ random: CounterRandom) -> RandomRows {
    var next = self
    next.random = random
    return next
  }

  private static func dictionary(_ codes: [Int32?], _ words: [String]) -> TextCells {
    TextCells(.dictionary(codes: codes.map { $0 ?? 0 }, words: words), validity: Bitmap(codes.map { $0 != nil }))
  }
}

/// Ways of having rows that must not show.
enum RowsForm: CustomStringConvertible, CaseIterable {
  case whole, byOne, bySeven, byHundred

  var chunk: Int? {
    switch self {
    case .whole: nil
    case .byOne: 1
    case .bySeven: 7
    case .byHundred: 100
    }
  }

  var description: String { chunk.map { "chunks of \($0)" } ?? "in memory" }

  func rows(_ table: Table) throws -> Rows {
    guard let chunk else { return .whole(table) }
    let writer = try TemporaryRows()
    for start in stride(from: 0, to: max(1, table.rowCount), by: chunk) {
      try writer.append(table.take(RowList(start..<min(table.rowCount, start + chunk))))
    }
    return writer.finish().rows
  }
}
