import Kernels
import Testing

@testable import Tables

/// That figures do not depend on how the rows of a column were cut, nor on threads.
@Suite struct ColumnSummaryTests {
  /// Few enough for random columns to pass it, so that estimates and samples are checked too.
  static let limit = 3000

  static func columns(_ random: inout CounterRandom, count: Int) -> [(String, Column)] {
    let validity = Bitmap((0..<count).map { _ in random.next(below: 9) > 0 })
    let special: [Double] = [
      0, -0.0, .leastNonzeroMagnitude, -Double.leastNonzeroMagnitude, 1e308, -1e308, 0.1, 1e-300,
    ]
    func ints(_ of: (Int) -> Int64) -> [Int64] { (0..<count).map { validity[$0] ? of($0) : 0 } }
    let (few, many) = (random.next(below: 40) + 1, 1 << 60)
    let wild = (0..<count).map { row in
      validity[row] ? (random.next(below: 3) == 0 ? special[Int(random.next(below: 8))] : random.nextNormal()) : 0
    }
    let words = (0..<count).map { row -> String? in
      validity[row]
        ? ["", "é", "e\u{301}", "lång", "x"][Int(random.next(below: 5))] + "\(random.next(below: 5000))" : nil
    }
    return [
      ("few", .int(Cells(ints { _ in Int64(random.next(below: few)) - 5 }, validity: validity))),
      ("large", .int(Cells(ints { _ in Int64(random.next(below: many)) + (1 << 53) }, validity: validity))),
      ("rising", .int(Cells(ints { Int64($0 / 2) }, validity: nil))),
      ("almost", .int(Cells((0..<count).map { Int64($0 == count - 3 ? 0 : $0) }))),
      ("wild", .float(Cells(wild, validity: validity))),
      ("normal", .float(Cells((0..<count).map { _ in random.nextNormal() * 1e5 + 1e9 }))),
      ("text", .text(TextCells(words))),
      ("short", .text(TextCells((0..<count).map { _ in ["a", "bb", nil][Int(random.next(below: 3))] }))),
      (
        "coded",
        .text(
          TextCells(
            .dictionary(
              codes: ints { _ in Int64(random.next(below: 4)) }.map { Int32($0) }, words: ["p", "q", "p", "r"]),
            validity: validity))
      ),
      ("day", .date(Cells(ints { _ in Int64(random.next(below: 4000)) }.map { Int32($0) }, validity: validity))),
      ("at", .datetime(Cells(ints { Int64($0) * 1_000_003 }, validity: validity))),
      ("bool", .bool(Cells((0..<count).map { _ in random.next(below: 3) == 0 }))),
      ("none", .missing(.float, count: count)),
      ("vector", .vector(VectorCells(names: ["p"], values: [Double](repeating: 1, count: count), count: count))),
    ]
  }

  /// The first rows of stretches of random lengths, and the end.
  static func cuts(_ random: inout CounterRandom, count: Int, longest: Int) -> [Int] {
    var cuts = [0]
    while let last = cuts.last, last < count {
      cuts.append(min(count, last + (longest == 1 ? 1 : Int(random.next(below: 2 * longest)))))
    }
    return cuts
  }

  static func summary(_ column: Column, _ rows: Range<Int>) throws -> ColumnSummary {
    var summary = ColumnSummary(column.type, firstRow: rows.lowerBound, limit: limit)
    try summary.append(column.take(RowList(rows)))
    return summary
  }

  static func whole(_ column: Column) throws -> ColumnProfile {
    try summary(column, 0..<column.count).profile("x", top: 7)
  }

  /// Figures print as the shortest text of the same bits, so equal texts are equal bits, and −0 is not 0.
  static func bits(_ profile: some Any) -> String { "\(profile)" }

  @Test(arguments: 0..<6)
  func figuresDoNotDependOnTheCuts(seed: Int) throws {
    var random = CounterRandom(seed: UInt64(seed))
    let count = [1, 70, 4096, 9000, 20_000, 23_456][seed]
    for (name, column) in Self.columns(&random, count: count) {
      let whole = Self.bits(try Self.whole(column))
      for longest in [count < 5000 ? 1 : 7, 1000, 4096, 10_000] {
        let cuts = Self.cuts(&random, count: count, longest: longest)
        var folded = ColumnSummary(column.type, firstRow: 0, limit: Self.limit)
        for (start, end) in zip(cuts, cuts.dropFirst()) { try folded.append(column.take(RowList(start..<end))) }
        #expect(Self.bits(folded.profile("x", top: 7)) == whole, "\(name) folded by about \(longest)")
        var merged = ColumnSummary(column.type, firstRow: 0, limit: Self.limit)
        for (start, end) in zip(cuts, cuts.dropFirst()) { merged.merge(try Self.summary(column, start..<end)) }
        #expect(Self.bits(merged.profile("x", top: 7)) == whole, "\(name) merged by about \(longest)")
      }
    }
  }

  /// (a + b) + (c + d) is ((a + b) + c) + d.
  @Test(arguments: 0..<4)
  func mergingIsAssociative(seed: Int) throws {
    var random = CounterRandom(seed: UInt64(seed) + 50)
    for (name, column) in Self.columns(&random, count: 15_000) {
      let at = [0] + (0..<3).map { _ in Int(random.next(below: 15_001)) }.sorted() + [15_000]
      let parts = try (0..<4).map { try Self.summary(column, at[$0]..<at[$0 + 1]) }
      var (left, right) = (parts[0], parts[2])
      left.merge(parts[1])
      right.merge(parts[3])
      left.merge(right)
      #expect(Self.bits(left.profile("x", top: 7)) == Self.bits(try Self.whole(column)), "\(name) at \(at)")
    }
  }

  @Test(arguments: [1, 2, 3])
  func aFoldedProfileIsTheSameOnAnyNumberOfThreads(threads: Int) throws {
    var random = CounterRandom(seed: 9)
    let table = Table(Self.columns(&random, count: 12_345))
    Threads.set(1)
    var whole = TableProfile.Builder(table.schema, top: 5, limit: Self.limit)
    try whole.take(table)
    Threads.set(threads)
    var builder = TableProfile.Builder(table.schema, top: 5, limit: Self.limit)
    let cuts = Self.cuts(&random, count: 12_345, longest: 2000)
    for (start, end) in zip(cuts, cuts.dropFirst()) { try builder.take(table.take(RowList(start..<end))) }
    #expect(Self.bits(builder.finish()) == Self.bits(whole.finish()) && builder.finish().rowCount == 12_345)
  }

  @Test func aFoldedProfileIsThatOfTheTableWhereAllIsCounted() throws {
    var random = CounterRandom(seed: 4)
    let table = Table(Self.columns(&random, count: 30_000))
    var builder = TableProfile.Builder(table.schema, top: 4)
    for start in stride(from: 0, to: 30_000, by: 777) {
      try builder.take(table.take(RowList(start..<min(30_000, start + 777))))
    }
    #expect(Self.bits(builder.finish()) == Self.bits(try TableProfile(of: table, top: 4)))
    #expect(builder.finish().columns.allSatisfy { $0.numbers?.rankError == nil })
  }

  /// Numbers that are all different, that are few, and of which half are one; missing ones among them.
  @Test func chunksThatAreGivenAgainMakeQuartilesExact() throws {
    var random = CounterRandom(seed: 12)
    let count = 60_000
    let normal = (0..<count).map { _ in random.nextNormal() }
    let table = Table([
      ("different", .float(Cells(normal))), ("few", .int(Cells(normal.map { Int64($0 * 3) }))),
      ("half", .float(Cells(normal.map { $0 < 0 ? 0 : $0 }))),
      ("gaps", .float(Cells(normal.map { $0 > 1 ? nil : $0 }, filler: 0))),
      ("word", .text(TextCells(normal.map { "\(Int($0))" }))),
    ])
    var builder = TableProfile.Builder(table.schema, top: 3, limit: 1000)
    for start in stride(from: 0, to: count, by: 7001) {
      try builder.take(table.take(RowList(start..<min(count, start + 7001))))
    }
    let again = builder.wantedAgain()
    #expect(again == ["different", "half", "gaps"])
    for start in stride(from: 0, to: count, by: 999) {
      try builder.takeAgain(table.select(Array(again)).take(RowList(start..<min(count, start + 999))))
    }
    for (found, exact) in zip(builder.finish().columns, try TableProfile(of: table, top: 3).columns) {
      #expect(found.numbers == exact.numbers && found.numbers?.rankError == nil)
    }
  }

  @Test func sampledQuartilesAreWithinTheStatedError() throws {
    var random = CounterRandom(seed: 77)
    let count = 1_500_000
    // In order for the first half, so that a sample of stretches would show.
    let values = (0..<count).map {
      $0 < count / 2 ? Double($0 % 7919) + random.nextNormal() : random.nextNormal() * 4000
    }
    let numbers = try #require(try ColumnSummary(.float(Cells(values))).profile("x").numbers)
    let error = try #require(numbers.rankError)
    #expect(error < 0.002)
    let sorted = values.sorted()
    for (share, found) in [(0.25, numbers.lowerQuartile), (0.5, numbers.median), (0.75, numbers.upperQuartile)] {
      let rank = Double(sorted.firstIndex { $0 >= found } ?? count) / Double(count)
      #expect(abs(rank - share) < 4 * error)
    }
    let exact = try #require(try ColumnProfile("x", .float(Cells(values))).numbers)
    #expect(exact.rankError == nil && exact.mean == numbers.mean)
    for (bin, bins) in zip(exact.histogram?.counts ?? [], numbers.histogram?.counts ?? []) {
      #expect(abs(Double(bin - bins)) < 5 * error * Double(count))
    }
    #expect(numbers.histogram?.counts.reduce(0, +) == count)
  }

  @Test func cancelledWorkIsNotKept() throws {
    let statistics = ColumnStatistics(.int(Cells([1, 2, 2])))
    let progress = Progress()
    progress.cancel()
    #expect(throws: Cancelled()) { try statistics.profile(.brief, progress) }
    #expect(try statistics.profile(.brief, Progress()).distinct?.count == 2)
  }
}

@Suite struct StatisticsMemoTests {
  @Test func aStatisticIsMadeOnceForItsRows() {
    let statistics = ColumnStatistics(.int(Cells([1, 2, 3, 4])))
    var made = 0
    func value(_ rows: RowList) -> Int {
      statistics.memo(at: rows).kept("sum") {
        made += 1
        return rows.reduce(0, +)
      }
    }
    #expect(value([0, 2]) == 2 && value([0, 2]) == 2 && made == 1)
    #expect(value([1, 3]) == 4 && value(RowList(0..<4)) == 6 && made == 3)
    #expect(statistics.take([0, 2]).kept("sum") { 0 } == 2 && statistics.kept("sum") { 0 } == 6)
    #expect(statistics.kept("sum") { "of another type" } == "of another type")
    #expect(statistics.take([0, 2]).codes.codes == [0, 1] && statistics.codes.count == 4)
  }
}

@Suite struct WordTableTests {
  @Test func wordsAreFoundByTheirBytesHoweverMany() {
    let words = (0..<3000).map { "word \($0 * 7)" } + ["", "é", "e\u{301}", "word 0"]
    let table = WordTable(words)
    for (place, var word) in words.enumerated() {
      let found = word.withUTF8 { table.place(of: $0) }
      #expect(found == (place == words.count - 1 ? 0 : place) && table.text(place).utf8.elementsEqual(word.utf8))
    }
    var other = "word 1"
    #expect(other.withUTF8 { table.place(of: $0) } == nil && WordTable().count == 0)
  }
}
