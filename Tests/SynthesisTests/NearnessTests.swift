import Kernels
import Plan
import Tables
import Testing

@testable import Synthesis

@Suite struct NearnessTests {
  private static let real = MixedRows.mixed(300)
  private static let columns = ["x", "y", "age", "flag", "plan", "day"]

  private static let lengths = Dictionary(
    uniqueKeysWithValues: columns.map { name -> (String, Double) in
      let numbers = real.numbers(name).compactMap(\.self)
      return (name, (numbers.max() ?? 0) - (numbers.min() ?? 0))
    })

  /// The distance of two rows, written out.
  private static func distance(_ one: Table, _ row: Int, _ other: Table, _ place: Int) -> Double {
    columns.reduce(0) { sum, name in
      guard let a = one[name], let b = other[name] else { return sum }
      switch (a.isValid(row), b.isValid(place)) {
      case (false, false): return sum
      case (true, true): break
      default: return sum + 1
      }
      guard let left = a.number(row), let right = b.number(place) else { return sum + (a[row] == b[place] ? 0 : 1) }
      return sum + abs(left - right) / (lengths[name] ?? 1)
    } / Double(columns.count)
  }

  @Test func theNearestRowIsThatOfAllPairs() throws {
    let made = try MixedRows.made(Self.real, 60)
    let nearest = NearestRows(Self.real, columns: Self.columns)
    let found = try nearest.neighbours(of: made, within: .infinity, Progress())
    for row in 0..<60 {
      let least = (0..<300).map { Self.distance(made, row, Self.real, $0) }.min() ?? 0
      #expect(abs(nearest.mean(found[row].sum) - least) < 1e-5)
    }
    let own = try nearest.ownDistances(most: 300, Progress())
    let pairs = (0..<300).map { row in
      (0..<300).filter { $0 != row }.map { Self.distance(Self.real, row, Self.real, $0) }.min() ?? 0
    }.sorted()
    #expect(zip(own, pairs).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func copiesAndNearRowsAreTurnedDown() throws {
    let check = try NearnessCheck(NearestRows(Self.real, columns: Self.columns), name: "t", Progress())
    #expect(check.least > 0)
    #expect(try check.passing(Self.real, Progress()).isEmpty)
    let made = try MixedRows.made(Self.real, 500)
    let passing = try check.passing(made, Progress())
    for row in passing.prefix(40) {
      let least = (0..<300).map { Self.distance(made, row, Self.real, $0) }.min() ?? 0
      #expect(least >= check.least - 1e-6)
    }
    #expect(passing.count > 300)
  }

  @Test func aRowThatSeveralShareMayStandAgain() throws {
    let values: [Int64] = [1, 1, 1, 2, 2, 3]
    let table = Table([("a", .int(Cells(values)))])
    let check = try NearnessCheck(NearestRows(table, columns: ["a"]), name: "t", Progress())
    #expect(check.least == 0)
    #expect(try check.passing(Table([("a", .int(Cells([1, 2, 3])))]), Progress()) == [0, 1])
  }

  @Test func aReportTellsOfCopies() throws {
    let model = try MixedRows.model(Self.real)
    let nearest = NearestRows(Self.real, columns: Self.columns)
    let report = try SynthesisReport(model, Self.real, Self.real, nearest, Progress())
    #expect(report.nearness?.copies == 1)
    #expect(report.lines.allSatisfy { ($0.distance ?? 0) == 0 && $0.missing == $0.missingMade })
    #expect(report.correlations?.greatestDifference == 0)
    let made = try CopulaRows(model, seed: 1).rows(0..<300)
    let other = try SynthesisReport(model, Self.real, made, nearest, Progress())
    // A row may be made by chance as one that is there.
    let copies = (0..<300).count { row in
      (0..<300).contains { Self.distance(made, row, Self.real, $0) < 1e-9 }
    }
    #expect(abs((other.nearness?.copies ?? 1) * 300 - Double(copies)) < 1e-9)
    #expect(other.lines.allSatisfy { ($0.distance ?? 0) < 0.15 })
  }
}
