import Glibc
import Kernels
import Testing

@testable import Tables

/// Figures over whole columns.
struct ProfileTests {
  private func profile(_ column: Column, top: Int = 10) throws -> ColumnProfile {
    try ColumnProfile("x", column, top: top)
  }

  @Test func numbersOfASmallColumn() throws {
    let profile = try profile(.float(Cells([3, nil, 1, 2, 2, -0.0, nil], filler: 0)))
    #expect(profile.count == 7)
    #expect(profile.missing == 2)
    #expect(profile.distinct == DistinctCount(count: 4, isApproximate: false))
    #expect(profile.minimum == .float(0))
    #expect(profile.maximum == .float(3))
    let numbers = try #require(profile.numbers)
    #expect(numbers.mean == 1.6)
    #expect(abs((numbers.standardDeviation ?? 0) - 1.1401754250991378) < 1e-15)
    #expect([numbers.lowerQuartile, numbers.median, numbers.upperQuartile] == [1, 2, 2])
    #expect(numbers.zeros == 1)
    #expect(numbers.negatives == 0)
    #expect(numbers.histogram?.counts == [1, 0, 0, 1, 0, 0, 2, 0, 0, 1])
    let top = [Cell.float(2), .float(0), .float(1), .float(3)].map {
      ValueCount(value: $0, count: $0 == .float(2) ? 2 : 1)
    }
    #expect(profile.top == top)
  }

  @Test(arguments: [1, 2, 3, 10, 1000, 40_000, 100_000])
  func quartilesAreThoseOfTheSortedColumn(count: Int) throws {
    var random = CounterRandom(seed: UInt64(count))
    let values = (0..<count).map { _ in (random.nextNormal() * 1000).rounded() / 8 }
    let sorted = values.sorted()
    let numbers = try #require(try profile(.float(Cells(values))).numbers)
    for (share, found) in [(0.25, numbers.lowerQuartile), (0.5, numbers.median), (0.75, numbers.upperQuartile)] {
      let place = Double(count - 1) * share
      let (low, high) = (sorted[Int(place)], sorted[min(count - 1, Int(place) + 1)])
      #expect(found == low + (high - low) * (place - place.rounded(.down)))
    }
  }

  @Test func selectionEndsWhenAllValuesAreEqual() throws {
    let numbers = try #require(try profile(.int(Cells([Int64](repeating: 7, count: 100_000)))).numbers)
    #expect(numbers.median == 7)
    #expect(numbers.standardDeviation == 0)
    #expect(numbers.histogram?.counts == [100_000])
  }

  @Test func theDeviationOfLargeCloseNumbersDoesNotCancel() throws {
    let values = (0..<199_998).map { 1e9 + Double($0 % 3) }
    let numbers = try #require(try profile(.float(Cells(values))).numbers)
    let exact = (199_998.0 / 199_997 * (2.0 / 3)).squareRoot()
    #expect(abs((numbers.standardDeviation ?? 0) / exact - 1) < 1e-9)
  }

  @Test func bigIdsKeepTheirDigits() throws {
    let profile = try profile(.int(Cells([9_007_199_254_740_993, .min, .max])))
    #expect(profile.minimum == .int(.min))
    #expect(profile.maximum == .int(.max))
    #expect(profile.top.map(\.value) == [.int(.min), .int(9_007_199_254_740_993), .int(.max)])
  }

  @Test func textsAreCountedByBytesAndMeasuredInCharacters() throws {
    let words: [String?] = ["né", "né", nil, "", "zebra", "né", "zebra", "ab"]
    for text in [
      TextCells(words),
      TextCells(
        .dictionary(codes: [0, 0, 0, 3, 1, 0, 1, 2], words: ["né", "zebra", "ab", ""]),
        validity: Bitmap(words.map { $0 != nil })),
    ] {
      let profile = try profile(.text(text), top: 2)
      #expect(profile.missing == 1)
      #expect(profile.distinct?.count == 4)
      #expect(profile.top == [ValueCount(value: .text("né"), count: 3), ValueCount(value: .text("zebra"), count: 2)])
      #expect(profile.lengths?.minimum == 0)
      #expect(profile.lengths?.maximum == 5)
      #expect(profile.lengths?.mean == 18.0 / 7)
      #expect(profile.minimum == .text(""))
      #expect(profile.maximum == .text("zebra"))
    }
  }

  @Test func truthsAndDates() throws {
    let bools = try profile(.bool(Cells([true, nil, true, false], filler: false)))
    #expect(bools.truths == 2)
    #expect(bools.top.first == ValueCount(value: .bool(true), count: 2))
    let dates = try profile(.date(Cells([20_000, nil, -5], filler: 0)))
    #expect(dates.minimum == .date(-5))
    #expect(dates.maximum == .date(20_000))
    #expect(dates.numbers == nil)
  }

  @Test(arguments: ColumnType.allCases)
  func columnsWithoutAValueHaveNoFigures(type: ColumnType) throws {
    for count in [0, 5] {
      let profile = try profile(.missing(type, count: count))
      #expect(profile.count == count)
      #expect(profile.numbers == nil && profile.lengths == nil && profile.minimum == nil && profile.top.isEmpty)
    }
  }

  @Test func infiniteValuesLeaveUndefinedFiguresOut() throws {
    let numbers = try #require(try profile(.float(Cells([-.infinity, .infinity, 1]))).numbers)
    #expect(numbers.mean == nil && numbers.standardDeviation == nil && numbers.histogram == nil)
    #expect(numbers.median == 1)
  }

  @Test func beyondTheLimitDistinctValuesAreEstimatedWithinTheStatedError() {
    var tally = KeyTally(limit: 1000)
    let keys = [0, 0] + (0..<300_000 as Range<UInt64>).map { ($0 ^ 1) * 7919 } + [UInt64](repeating: 0, count: 8)
    tally.add(all: keys)
    #expect(tally.distinct.isApproximate)
    #expect(abs(Double(tally.distinct.count) / 300_000 - 1) < 0.0041 * 3)
    #expect(tally.top(1).first?.count == 11)
  }

  /// Keys that repeat, then so many others that no cache holds them, then the first again.
  @Test func keysAreCountedAsInADictionary() {
    var random = CounterRandom(seed: 8)
    let few = (0..<150_000).map { _ in UInt64(random.next(below: 5000) * 7919) }
    let many = (0..<400_000).map { _ in UInt64(random.next(below: 1 << 40)) }
    var tally = KeyTally()
    var counts: [UInt64: Int] = [:]
    for key in few + many + few {
      counts[key, default: 0] += 1
    }
    tally.add(all: few + many + few)
    #expect(tally.distinct == DistinctCount(count: counts.count, isApproximate: false))
    let top = counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(20)
    #expect(tally.top(20).map(\.key) == top.map(\.key) && tally.top(20).map(\.count) == top.map(\.value))
    tally.settle()
    #expect(tally.all?.map(\.key) == counts.keys.sorted() && tally.all?.reduce(0) { $0 + $1.count } == 700_000)
  }

  @Test func keysInOrderAreCountedExactlyHoweverMany() throws {
    let ids = (0..<(ValueCounts.limit + 500)).map { Int64($0 / 2 * 2) }
    let sorted = try profile(.int(Cells(ids)), top: 2)
    #expect(sorted.distinct == DistinctCount(count: ids.count / 2, isApproximate: false))
    #expect(sorted.top == [ValueCount(value: .int(0), count: 2), ValueCount(value: .int(2), count: 2)])
    let few = try profile(.int(Cells([1, 1, 2, 3, 3])), top: 2)
    #expect(few.top == [ValueCount(value: .int(1), count: 2), ValueCount(value: .int(3), count: 2)])
  }

  @Test func aProfileIsTheSameOnAnyNumberOfThreads() throws {
    var random = CounterRandom(seed: 5)
    let values = (0..<300_000).map { _ in random.nextNormal() * 1e6 }
    let table = Table([("a", .float(Cells(values))), ("b", .int(Cells(values.map { Int64($0) % 100 })))])
    Threads.set(1)
    let one = try TableProfile(of: table)
    Threads.set(3)
    #expect(try TableProfile(of: table) == one)
  }

  @Test func aCancelledProfileSaysSo() {
    let progress = Progress()
    progress.cancel()
    #expect(throws: Cancelled()) { try TableProfile(of: Table([("a", .int(Cells([1, 2])))]), progress) }
  }
}

extension KeyTally {
  /// As many keys at a time as may be added before the window's end.
  mutating func add(all keys: [UInt64]) {
    var row = 0
    while row < keys.count {
      let next = min(keys.count, row + 4096, windowEnd)
      keys[row..<next].withUnsafeBufferPointer { add($0) }
      reach(row: next)
      row = next
    }
  }
}
