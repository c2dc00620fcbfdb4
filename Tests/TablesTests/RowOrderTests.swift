import Kernels
import Testing

@testable import Tables

/// The order by keys against the standard library's sort of cells.
@Suite struct RowOrderTests {
  /// Whether a cell comes before another, up or down; missing is last.
  private static func isBefore(_ left: Cell, _ right: Cell, _ isDescending: Bool) -> Bool? {
    switch (left, right) {
    case (.missing, .missing): return nil
    case (.missing, _), (_, .missing): return right == .missing
    case (.int(let a), .int(let b)), (.datetime(let a), .datetime(let b)): return isBefore(a, b, isDescending)
    case (.date(let a), .date(let b)): return isBefore(a, b, isDescending)
    case (.float(let a), .float(let b)): return isBefore(a, b, isDescending)
    case (.bool(let a), .bool(let b)): return isBefore(a ? 1 : 0, b ? 1 : 0, isDescending)
    case (.text(let a), .text(let b)):
      if a.utf8.elementsEqual(b.utf8) { return nil }
      return a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars) != isDescending
    default: return nil
    }
  }

  private static func isBefore<Value: Comparable>(_ a: Value, _ b: Value, _ isDescending: Bool) -> Bool? {
    a == b ? nil : (a < b) != isDescending
  }

  private static func sorted(_ keys: [(column: Column, isDescending: Bool)], _ count: Int) -> [Int32] {
    let cells = keys.map { key in (0..<count).map { key.column[$0] } }
    return (0..<count).sorted { left, right in
      for (place, key) in keys.enumerated() {
        if let answer = isBefore(cells[place][left], cells[place][right], key.isDescending) { return answer }
      }
      return left < right
    }.map { Int32($0) }
  }

  private static func order(_ keys: [(column: Column, isDescending: Bool)], _ count: Int) throws -> [Int32] {
    var order = try RowOrder(rowCount: count, Progress())
    for key in keys.reversed() { try order.sort(by: key.column, isDescending: key.isDescending, Progress()) }
    return order.rows
  }

  private static func column(_ kind: Int, _ count: Int, _ random: inout CounterRandom) -> Column {
    let gaps = random.next(below: 3)
    func isThere(_ random: inout CounterRandom) -> Bool { gaps == 0 || random.next(below: 5) > 0 }
    let wide = random.next(below: 2) == 0
    // What stands in missing cells says nothing.
    let valid = (0..<count).map { _ in isThere(&random) }
    let validity = gaps == 0 ? nil : Bitmap(valid)
    let words = ["", "a", "A", "é", "e\u{301}", "zz", "\u{FF5E}", "\u{1F600}", "ab"]
    switch kind {
    case 0:
      return .int(
        Cells(
          (0..<count).map { _ in
            wide ? Int64(bitPattern: random.next()) : Int64(random.next(below: 40)) - 20
          }, validity: validity))
    case 1:
      return .float(
        Cells(
          (0..<count).map { _ in
            wide ? random.nextNormal() * 1e3 : [0.0, -0.0, 1.5, -1e300, 1e-300][random.next(below: 5)]
          }, validity: validity))
    case 2: return .bool(Cells((0..<count).map { _ in random.next(below: 2) == 0 }, validity: validity))
    case 3: return .date(Cells((0..<count).map { _ in Int32(random.next(below: 9000)) - 4000 }, validity: validity))
    case 4: return .datetime(Cells((0..<count).map { _ in Int64(random.next(below: 1 << 45)) }, validity: validity))
    default: return .text(TextCells(valid.map { $0 ? words[random.next(below: words.count)] : nil }))
    }
  }

  @Test(arguments: 0..<120) func anyKeysGiveTheOrderOfTheirCells(seed: Int) throws {
    var random = CounterRandom(seed: UInt64(seed), stream: 0x50)
    // Several tasks and parts now and then.
    let count = seed % 20 == 0 ? 150_000 : random.next(below: 400)
    let keys = (0..<1 + random.next(below: 3)).map { _ in
      (column: Self.column(random.next(below: 6), count, &random), isDescending: random.next(below: 2) == 0)
    }
    Threads.set(1)
    let one = try Self.order(keys, count)
    Threads.set(3)
    defer { Threads.set(2) }
    #expect(try Self.order(keys, count) == one)
    #expect(one == Self.sorted(keys, count))
  }

  @Test func whatIsInOrderStays() throws {
    let count = 100_000
    let rising = Column.int(Cells((0..<count).map { Int64($0 / 3) }))
    #expect(try Self.order([(rising, false)], count) == (0..<count).map { Int32($0) })
    let falling = Column.int(Cells((0..<count).map { Int64(-($0 / 3)) }))
    #expect(try Self.order([(falling, true)], count) == (0..<count).map { Int32($0) })
  }

  /// Missing rows keep their order, whatever stands in their cells.
  @Test func fillersOrderNothing() throws {
    let column = Column.int(Cells([5, 9, 7, 1, 3], validity: Bitmap([true, false, true, false, false])))
    #expect(try Self.order([(column, false)], 5) == [0, 2, 1, 3, 4])
    #expect(try Self.order([(column, true)], 5) == [2, 0, 1, 3, 4])
  }

  @Test func numbersOrderToo() throws {
    var order = try RowOrder(rowCount: 4, Progress())
    try order.sort(by: [3, -1, 3, 0], Progress())
    #expect(order.rows == [1, 3, 0, 2])
  }
}
