import Kernels
import Tables

@testable import Scoring

/// Rows with the names and types of `JudgedRows`, and in every column the ends of its type, missing cells, and texts that are equal
/// in one sense and not in another. No format but our own promises the same answers for all of them.
enum ExtremeRows {
  static let count = 131

  private static let floats: [Double?] = [
    nil, 0, -0.0, 1, -1, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude, 1e300, -1e-300,
    0x1p53 + 2, 0.1, 2.5, -0.5, .infinity, .nan,
  ]
  private static let ints: [Int64?] = [nil, 0, 1, -1, .max, .min, 1 << 53 + 1, 7, -13]
  private static let texts: [String?] = [
    nil, "", "a", "b", "é", "e\u{301}", "\u{0}", "Oslo", "banana", "日本", String(repeating: "x", count: 300), "w3",
    "w149",
  ]
  private static let days: [Int32?] = [nil, 0, -1, .max, .min, 18_262, 20_512]
  private static let moments: [Int64?] = [nil, 0, -1, .max, .min, 951_782_400_000_000]

  static let table: Table = {
    var random = CounterRandom(seed: 23)
    func cells<Value>(_ pool: [Value?]) -> [Value?] { (0..<count).map { _ in pool[random.next(below: pool.count)] } }
    func column(_ type: ColumnType) -> Column {
      switch type {
      case .bool: .bool(Cells(cells([nil, true, false]), filler: false))
      case .int: .int(Cells(cells(ints), filler: 0))
      case .float, .vector: .float(Cells(cells(floats), filler: 0))
      case .text: .text(TextCells(cells(texts)))
      case .date: .date(Cells(cells(days), filler: 0))
      case .datetime: .datetime(Cells(cells(moments), filler: 0))
      }
    }
    return Table(JudgedRows.table.names.map { ($0, column(JudgedRows.table[$0]?.type ?? .float)) })
  }()
}
