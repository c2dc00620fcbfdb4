import Kernels
import Testing

@testable import Tables

@Suite struct RowListTests {
  static let lists: [RowList] = [[], [4], [2, 3, 4], [5, 1, 1, 0], RowList(0..<6), RowList(ids: [0, 1, 2, 3, 4, 5])]

  @Test(arguments: lists)
  func gatheringIsLookingEachRowUp(rows: RowList) {
    let values = [10, 11, 12, 13, 14, 15]
    #expect(rows.gather(values) == rows.map { values[$0] })
    for places in Self.lists where places.allSatisfy({ $0 < rows.count }) {
      #expect(Array(rows.at(places)) == places.map { rows[$0] })
    }
  }

  @Test func equalListsAreEqualHoweverTheyAreKept() {
    #expect(RowList(0..<6) == RowList(ids: [0, 1, 2, 3, 4, 5]) && RowList([3, 4]) == RowList(3..<5))
    #expect(RowList(0..<2) != [0, 2] && RowList(0..<2).isWhole(of: 2) && !RowList(0..<2).isWhole(of: 3))
    if case .ids = RowList([1, 2, 3]).storage { Issue.record("consecutive rows are a stretch") }
  }

  /// Every type of column at every kind of list.
  @Test(arguments: lists)
  func aColumnAtSomeRowsHasTheirCells(rows: RowList) {
    let validity = Bitmap([true, false, true, true, true, false])
    let columns: [Column] = [
      .int(Cells([1, 0, 3, 4, 5, 0], validity: validity)), .float(Cells([1, 2, 3, 4, 5, 6])),
      .bool(Cells([true, false, true, false, true, false], validity: validity)),
      .text(TextCells(["a", nil, "", "bb", "a", nil])),
      .text(TextCells(.dictionary(codes: [0, 0, 1, 1, 0, 1], words: ["x", "y"]), validity: validity)),
      .date(Cells([1, 0, 3, 4, 5, 0], validity: validity)), .datetime(Cells([1, 2, 3, 4, 5, 6])),
      .vector(VectorCells(names: ["p", "q"], values: (0..<12).map(Double.init), count: 6)),
    ]
    for column in columns {
      let taken = column.take(rows)
      #expect(taken.count == rows.count && taken.missingCount == column.missingCount(at: rows))
      #expect((0..<rows.count).allSatisfy { taken[$0] == column[rows[$0]] })
    }
    let table = Table(names: columns.indices.map { "c\($0)" }, columns: columns)
    #expect(table.take(rows).columns == columns.map { $0.take(rows) })
  }

  @Test func cellsSpreadOverOtherRowsAreMissingElsewhere() {
    let spread = Column.int(Cells([7, 8, nil], filler: 0)).spread([-1, 1, 0, 2, -1])
    #expect((0..<5).map { spread[$0] } == [.missing, .int(8), .int(7), .missing, .missing])
  }

  @Test func rowsThatAgreeHaveOneHashAndOthersDoNot() {
    let text = Column.text(TextCells(["a", "a", "b", nil, nil]))
    let numbers = Column.float(Cells([0, -0.0, 0, 1, 1]))
    let hashes = RowHashes([text, numbers], rows: RowList(0..<5))
    #expect(hashes.values[0] == hashes.values[1] && hashes.values[3] == hashes.values[4])
    #expect(Set(hashes.values).count == 3 && hashes.repeatedCount() == 2)
    #expect(RowHashes([text, numbers], rows: [0, 2, 3]).repeatedCount() == 0)
  }
}

@Suite struct RepeatedKeysTests {
  /// Few and many, with zeros and with numbers that differ in their last bits only.
  @Test(arguments: [0, 1, 10, 20_000, 600_000])
  func asManyAsASetHasNot(count: Int) {
    var random = CounterRandom(seed: 5)
    let mixed = (0..<count).map { _ in random.next() % 3 == 0 ? UInt64(0) : random.next() }
    let keys = mixed + mixed.suffix(count / 4) + (0..<UInt64(count / 8)).map { $0 % 1000 }
    #expect(RepeatedKeys.count(keys, Progress()) == keys.count - Set(keys).count)
  }

  @Test func cancelledItEnds() {
    let progress = Progress()
    progress.cancel()
    #expect(RepeatedKeys.count([1, 1, 2], progress) == 0)
  }
}

@Suite struct CategoryCodesTests {
  static func check(_ column: Column, _ values: [Cell], _ codes: [Int32]) {
    let found = CategoryCodes(column)
    #expect((0..<found.count).map { found.values[$0] } == values)
    #expect(found.codes == codes)
    #expect(found.counts == values.indices.map { place in codes.count { $0 == Int32(place) } })
  }

  @Test func valuesAreInTheirOrderAndMissingHasNone() {
    Self.check(
      .text(TextCells(["b", nil, "B", "a", "b", "é"])), [.text("B"), .text("a"), .text("b"), .text("é")],
      [2, -1, 0, 1, 2, 3])
    Self.check(.int(Cells([3, nil, -1, 3], filler: 0)), [.int(-1), .int(3)], [1, -1, 0, 1])
    Self.check(.float(Cells([0.5, -0.0, 0, nil], filler: 0)), [.float(0), .float(0.5)], [1, 0, 0, -1])
    Self.check(.bool(Cells([true, nil, true], filler: false)), [.bool(true)], [0, -1, 0])
    Self.check(.date(Cells([9, 2, 9])), [.date(2), .date(9)], [1, 0, 1])
    Self.check(.int(Cells([])), [], [])
  }

  @Test func manyValuesAreToldApart() {
    var random = CounterRandom(seed: 3)
    let numbers = (0..<5000).map { _ in Int64(random.next(below: 3000)) - 1500 }
    let found = CategoryCodes(.int(Cells(numbers)))
    let sorted = Set(numbers).sorted()
    #expect(found.count == sorted.count)
    #expect(zip(numbers, found.codes).allSatisfy { sorted[Int($1)] == $0 })
  }

  @Test func whatIsKnownOfAColumnIsKeptWithIt() {
    let table = Table([("t", .text(TextCells(["x", "y"]))), ("n", .int(Cells([1, 2])))])
    let first = table.statistics(of: "t")
    #expect(first === table.select(["t"]).statistics(of: "t"))
    #expect(first === table.with("n", .int(Cells([5, 6]))).statistics(of: "t"))
    #expect(first !== table.with("t", .int(Cells([5, 6]))).statistics(of: "t"))
  }
}

@Suite struct NumberSummaryTests {
  static func plain(_ values: [Double]) -> (median: Double, mean: Double, deviation: Double) {
    let known = values.filter { !$0.isNaN }.sorted()
    let middle = known.count / 2
    let median = known.count % 2 == 1 ? known[middle] : (known[middle - 1] + known[middle]) / 2
    let filled = values.map { $0.isNaN ? median : $0 }
    let mean = filled.reduce(0, +) / Double(filled.count)
    return (median, mean, (filled.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(filled.count)).squareRoot())
  }

  @Test(arguments: [1, 2, 7, 8, 255, 300, 1000, 1001, 16_001, 40_001])
  func figuresAreThoseOfTheDefinition(count: Int) {
    var random = CounterRandom(seed: UInt64(count))
    let values = (0..<count).map { $0 % 7 == 3 ? Double.nan : random.nextNormal() * 3 + 100 }
    let (summary, plain) = (NumberSummary(values), Self.plain(values))
    #expect(summary.median == plain.median && summary.count == values.count { !$0.isNaN })
    #expect(abs(summary.mean - plain.mean) < 1e-10 && abs(summary.deviation - plain.deviation) < 1e-9)
  }

  /// What a window around the middle has to be narrowed through: gaps, ties, a long tail, numbers of all sizes, infinity.
  static let shapes: [@Sendable (inout CounterRandom) -> Double] = [
    { Double($0.next(below: 6)) }, { $0.next(below: 10) < 7 ? -0.0 : $0.nextNormal() },
    { random in (0..<9).reduce(1) { product, _ in product * random.nextNormal() } },
    { $0.next(below: 2) == 0 ? $0.nextNormal() : 1e9 + $0.nextNormal() },
    { Double(bitPattern: $0.next()).isFinite ? $0.nextNormal() * 1e300 : .leastNonzeroMagnitude },
    { $0.next(below: 5) == 0 ? .infinity : $0.next(below: 3) == 0 ? -.infinity : $0.nextNormal() },
  ]

  @Test(arguments: shapes.indices) func theMedianOfAnyShapeIsThatOfTheSortedNumbers(shape: Int) {
    for count in [191, 192, 193, 500, 1600, 1601, 16_384, 16_385] {
      var random = CounterRandom(seed: UInt64(count))
      let values = (0..<count).map { $0 % 50 == 49 ? .nan : Self.shapes[shape](&random) }
      let known = values.filter { !$0.isNaN }.sorted()
      let (low, high) = (known[(known.count - 1) / 2], known[known.count / 2])
      let expected = low == high ? low : low / 2 + high / 2
      #expect(NumberSummary(values).median == expected, "\(count) numbers")
    }
  }

  static let many: [@Sendable (inout CounterRandom) -> Double] =
    shapes + [
      { $0.next(below: 2) == 0 ? 40 : Double($0.next(below: 99)) }, { Double($0.next(below: 1000)) },
      { $0.next(below: 100) == 0 ? $0.nextNormal() : .nan }, { _ in 7 }, { $0.next(below: 2) == 0 ? -0.0 : 0.0 },
      { _ in .nan },
    ]

  /// What is read in blocks gives the same bits, whichever way the middle is found.
  @Test(arguments: many.indices) func manyNumbersAreSummedUpInBlocksToTheSameBits(shape: Int) {
    for count in [16_384, 16_385, 20_001, 70_000, 150_003] {
      var random = CounterRandom(seed: UInt64(count + shape))
      var values = (0..<count).map { $0 % 50 == 49 ? .nan : Self.many[shape](&random) }
      for isSorted in [false, true] {
        if isSorted { values.sort { $0 < $1 || !$0.isNaN && $1.isNaN } }
        let whole = NumberSummary(values)
        let read = NumberSummary(rows: count) { places, target in
          for (place, value) in values[places].enumerated() { target[place] = value }
        }
        #expect(read.count == whole.count && read.median == whole.median, "\(count) \(isSorted)")
        #expect(read.mean.bitPattern == whole.mean.bitPattern || read.mean.isNaN && whole.mean.isNaN)
        #expect(read.deviation.bitPattern == whole.deviation.bitPattern || !whole.deviation.isFinite)
      }
    }
  }

  @Test func aConstantHasNoDeviationWhateverItIs() {
    for value in [0.1, 1e-300, 1e300, -7] {
      let summary = NumberSummary([Double](repeating: value, count: 999))
      #expect(summary.deviation == 0 && summary.mean == value && summary.median == value)
    }
    #expect(NumberSummary([.nan, .nan]).median == nil)
  }
}
