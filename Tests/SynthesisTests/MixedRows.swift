import Kernels
import Plan
import Tables

@testable import Synthesis

/// Rows with known distributions and relations, and what the tests make of them.
enum MixedRows {
  /// Two numbers with a correlation of 0.8, a whole number, a bool that goes with the first, a text of three values, a day, and gaps in
  /// two columns in the same rows.
  static func mixed(_ count: Int, seed: UInt64 = 3) -> Table {
    var random = CounterRandom(seed: seed)
    var (xs, ys, ages, flags, plans, days) = ([Double](), [Double?](), [Int64](), [Bool](), [String?](), [Int32?]())
    for _ in 0..<count {
      let a = random.nextNormal()
      let b = 0.8 * a + 0.6 * random.nextNormal()
      let isGap = random.nextUniform() < (a > 0 ? 0.3 : 0.1)
      xs.append((1000 * (50 + 10 * a)).rounded() / 1000)
      ys.append(isGap ? nil : b)
      ages.append(Int64((40 + 12 * random.nextNormal()).rounded()))
      flags.append(a + random.nextNormal() > 0.5)
      plans.append(a < -0.5 ? "basic" : b < 0.6 ? "plus" : "gold")
      days.append(isGap ? nil : Int32(18_000 + random.next(below: 700)))
    }
    return Table([
      ("x", .float(Cells(xs))), ("y", .float(Cells(ys, filler: 0))), ("age", .int(Cells(ages))),
      ("flag", .bool(Cells(flags))), ("plan", .text(TextCells(plans))), ("day", .date(Cells(days, filler: 0))),
    ])
  }

  static func model(
    _ table: Table, by: String? = nil, levels: [String: ColumnLevel] = [:]
  ) throws -> CopulaModel {
    try CopulaModel(
      table, of: table.rowCount, CopulaModel.Request(name: "t", by: by, levels: levels), Progress())
  }

  static func made(_ table: Table, _ count: Int, by: String? = nil, seed: UInt64 = 7) throws -> Table {
    try CopulaRows(model(table, by: by), seed: seed).rows(0..<count)
  }
}

extension Table {
  func numbers(_ name: String) -> [Double?] {
    guard let column = self[name] else { return [] }
    return (0..<rowCount).map { column.isValid($0) ? column.number($0) : nil }
  }

  /// Pearson's correlation over the rows that have both.
  func correlation(_ one: String, _ other: String) -> Double {
    let pairs = zip(numbers(one), numbers(other)).compactMap { a, b in a.flatMap { a in b.map { (a, $0) } } }
    let n = Double(pairs.count)
    let (mx, my) = (pairs.reduce(0) { $0 + $1.0 } / n, pairs.reduce(0) { $0 + $1.1 } / n)
    let xy = pairs.reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
    let (xx, yy) = (
      pairs.reduce(0) { $0 + ($1.0 - mx) * ($1.0 - mx) }, pairs.reduce(0) { $0 + ($1.1 - my) * ($1.1 - my) }
    )
    return xy / (xx * yy).squareRoot()
  }
}
