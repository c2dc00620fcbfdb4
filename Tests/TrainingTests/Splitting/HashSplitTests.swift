import Kernels
import Plan
import Tables
import Testing

@testable import Training

@Suite struct HashSplitTests {
  private static func request(group: String? = nil, folds: Int? = nil) throws -> SplitRequest {
    var request = SplitRequest(group: group, folds: folds, shares: try SplitRequestTests.shares.get())
    request.isByHash = true
    return request
  }

  /// Of each row by its number what part it is in.
  private static func parts(_ split: Split) -> [Double: String] {
    let x = split.raw["x"]
    var parts: [Double: String] = [:]
    for (name, rows) in [("train", split.train), ("valid", split.valid)] {
      for row in rows { parts[x?[row].number ?? .nan] = name }
    }
    return parts
  }

  @Test func newRowsLeaveOldOnesWhereTheyAre() throws {
    let all = SplitRequestTests.table
    let some = all.take(RowList((0..<240).filter { $0 % 3 != 1 }.reversed()))
    let whole = Self.parts(try SplitRequestTests.draw(Self.request(), all).split)
    let part = Self.parts(try SplitRequestTests.draw(Self.request(), some).split)
    #expect(part.count > 100 && part.allSatisfy { whole[$0.key] == $0.value })
  }

  @Test func neitherTheOrderOfColumnsNorOneWithoutValuesShows() throws {
    let all = SplitRequestTests.table
    let names = Array(all.names.reversed())
    let turned = Table(
      [("none", Column.missing(.float, count: 240))] + names.compactMap { name in all[name].map { (name, $0) } })
    let (a, b) = (
      try SplitRequestTests.draw(Self.request(folds: 4), all).split,
      try SplitRequestTests.draw(Self.request(folds: 4), turned).split
    )
    #expect(a.train == b.train && a.valid == b.valid && a.folds?.assignment == b.folds?.assignment)
  }

  @Test func sharesAreNearThoseAskedFor() throws {
    let rows = 20_000
    let table = Table([
      ("x", .int(Cells((0..<rows).map(Int64.init)))),
      ("y", .text(TextCells((0..<rows).map { $0 % 2 == 0 ? "yes" : "no" }))),
    ])
    let (split, notes) = try SplitRequestTests.draw(Self.request(folds: 5), table)
    #expect(abs(Double(split.train.count) / Double(rows) - 0.6) < 0.015)
    #expect(abs(Double(split.valid.count) / Double(rows) - 0.2) < 0.015)
    let sizes = (0..<5).map { fold in split.folds?.assignment.count { $0 == fold } ?? 0 }
    #expect(sizes.allSatisfy { abs(Double($0) - Double(split.train.count) / 5) < 300 })
    #expect(notes.contains(.hashed(column: nil)))
  }

  @Test func groupsStayWhole() throws {
    let (split, _) = try SplitRequestTests.draw(Self.request(group: "site", folds: 3))
    let (train, valid) = (Set(split.train.map { $0 / 12 }), Set(split.valid.map { $0 / 12 }))
    #expect(train.isDisjoint(with: valid) && split.train.count % 12 == 0)
    let folds = split.folds?.assignment ?? []
    let sites = Dictionary(grouping: folds.indices) { split.train[$0] / 12 }
    #expect(sites.values.allSatisfy { rows in Set(rows.map { folds[$0] }).count == 1 })
  }
}
