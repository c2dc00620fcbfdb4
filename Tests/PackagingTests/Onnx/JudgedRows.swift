import Expressions
import Kernels
import Tables

/// Rows of every type with the values that formats get wrong: missing, negative zero, huge, halves, the ends of months.
enum JudgedRows {
  static let count = 240

  static let floats: [Double?] = [
    nil, 0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 0.49999999999999994, 1e300, -1e300, 1e-300, 3.7, 100, 709.5, 710.2,
    -745, 9_007_199_254_740_992, 1e-9, 0.1, -0.1, 2.675, 1234.5678,
  ]
  static let ints: [Int64?] = [nil, 0, 1, -1, 2, 3, 7, -7, 10, 15, 25, -15, 1250, 1 << 31, 1 << 40, -(1 << 52)]
  static let texts: [String?] = [
    nil, "a", "b", "banana", "Oslo", "Østre Ås", " x ", "a.b", "12", "no@mail.no", "line\nend\n", "tab\tx", "ab", "日本",
    "Ab\u{301}c", "true", "quote\"comma,", "٣",
  ]
  /// 2000-02-29, the ends of months, before 1970, and missing.
  static let days: [Int32?] = [
    nil, 0, -1, 11_016, 11_015, 20_484, 20_514, 20_512, -719_162, 100_000, 59, 58, 365, 18_262,
  ]

  static let table: Table = {
    var random = CounterRandom(seed: 11)
    func cells<Value>(_ pool: [Value?], _ stride: Int) -> [Value?] {
      (0..<count).map { row in row < 60 ? pool[(row / stride + row) % pool.count] : pool[random.next(below: pool.count)]
      }
    }
    func moments() -> [Int64?] {
      cells(days, 3).map { day in day.map { Int64($0) * 86_400_000_000 + Int64(random.next(below: 86_400)) * 1_000_000 }
      }
    }
    func near(_ scale: Double) -> [Double?] {
      (0..<count).map { _ in random.next(below: 9) == 0 ? nil : (random.nextUniform() - 0.5) * scale }
    }
    return Table([
      ("x", .float(Cells(cells(floats, 1), filler: 0))), ("y", .float(Cells(cells(floats, 7), filler: 0))),
      ("f", .float(Cells(near(6), filler: 0))), ("g", .float(Cells(near(2), filler: 0))),
      ("n", .int(Cells(cells(ints, 1), filler: 0))), ("m", .int(Cells(cells(ints, 5), filler: 0))),
      ("k", .int(Cells(cells([nil, -13, -1, 0, 1, 2, 11, 12, 30], 2), filler: 0))),
      ("b", .bool(Cells(cells([nil, true, false], 1), filler: false))),
      ("c", .bool(Cells(cells([nil, true, false], 3), filler: false))),
      ("s", .text(TextCells(cells(texts, 1)))), ("t", .text(TextCells(cells(texts, 4)))),
      ("d", .date(Cells(cells(days, 1), filler: 0))), ("e", .date(Cells(cells(days, 4), filler: 0))),
      ("v", .datetime(Cells(moments(), filler: 0))), ("w", .datetime(Cells(moments(), filler: 0))),
    ])
  }()

  static func column(_ name: String) -> Expression { .column(name, table[name]?.type ?? .float) }
}
