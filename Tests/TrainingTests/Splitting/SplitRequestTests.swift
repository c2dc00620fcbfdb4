import Kernels
import Plan
import Tables
import Testing

@testable import Training

@Suite struct SplitRequestTests {
  /// 240 rows: a number, a site of 12 rows, a day of 2 rows, and a label of which a third is `yes`.
  static let table: Table = {
    var random = CounterRandom(seed: 3)
    return Table([
      ("x", .float(Cells((0..<240).map { _ in random.nextNormal() }))),
      ("site", .text(TextCells((0..<240).map { "s\($0 / 12)" }))),
      ("day", .date(Cells((0..<240).map { Int32($0 / 2) }))),
      ("y", .text(TextCells((0..<240).map { $0 % 3 == 0 ? "yes" : "no" }))),
    ])
  }()

  static func relation(_ table: Table = table, positive: Cell? = nil) throws -> Relation {
    let source = MemorySource(name: "rows", table: table)
    return try Relation(source: source, declared: source.declaredSchema())
      .appending(.label(LabelSpec(name: "y", positive: positive, origins: ["y"])))
  }

  static func draw(
    _ request: SplitRequest, _ table: Table = table, positive: Cell? = nil
  ) throws -> (split: Split, notes: [SplitNote]) {
    try request.draw(relation(table, positive: positive), raw: table, seed: 7, Progress())
  }

  static let shares = Result { try SplitShares(train: 0.6, valid: 0.2, test: 0.2) }

  @Test func partsAreListsBesideTheTableItself() throws {
    let (split, notes) = try Self.draw(SplitRequest(shares: Self.shares.get()))
    #expect(split.raw.statistics(of: "x") === Self.table.statistics(of: "x"))
    #expect(split.train.count == 144 && split.valid.count == 48 && split.sealed.count == 48 && notes.isEmpty)
  }

  @Test func theNameOfThePositiveClassDoesNotChangeTheRows() throws {
    let request = SplitRequest(folds: 4, shares: try Self.shares.get())
    let splits = try [nil, Cell.text("yes"), .text("no")].map { try Self.draw(request, positive: $0).split }
    #expect(splits.allSatisfy { $0.train == splits[0].train && $0.valid == splits[0].valid })
    #expect(splits.allSatisfy { $0.folds?.assignment == splits[0].folds?.assignment })
    #expect(splits[2].encoding?.label.positive == .text("no"))
  }

  @Test func whatPartsAreDrawnByIsNoFeatureUntilItIsSelected() throws {
    let (split, notes) = try Self.draw(SplitRequest(group: "site", shares: Self.shares.get()))
    #expect(split.schema.features == ["x", "day"] && notes.contains(.aside(column: "site", option: "group")))
    let data = try TrainingData(split, rows: split.train, Progress())
    #expect(data.features == ["x", "day"])
    let selected = try split.appending(.select(["x", "site"]))
    #expect(selected.schema.features == ["x", "site"])
    #expect(try TrainingData(selected, rows: selected.train, Progress()).features == ["x", "site"])
    let (timed, _) = try Self.draw(SplitRequest(time: "day", shares: Self.shares.get()))
    #expect(timed.schema.features == ["x", "site"])
  }

  @Test func rowsOutOfReachAreCountedAndToldWhereTheyWent() throws {
    func missing(_ name: String, _ rows: [Int]) -> Table {
      var kept = (0..<240).map { Int32($0) }
      for row in rows { kept[row] = -1 }
      return Self.table.with(name, Self.table[name]?.spread(kept) ?? .int(Cells([])))
    }
    let shares = try Self.shares.get()
    let unlabelled = try Self.draw(SplitRequest(shares: shares), missing("y", [3, 4, 5]))
    #expect(unlabelled.notes.contains(.unlabelled(rows: 3)))
    #expect(unlabelled.split.train.allSatisfy { ![3, 4, 5].contains($0) } && unlabelled.split.train.count == 142)
    let groupless = try Self.draw(SplitRequest(group: "site", shares: shares), missing("site", [7, 200]))
    #expect(groupless.notes.contains(.withoutGroup(column: "site", rows: 2)))
    let timeless = try Self.draw(SplitRequest(time: "day", shares: shares), missing("day", [239]))
    #expect(timeless.notes.contains(.withoutTime(column: "day", rows: 1)) && timeless.split.train.contains(239))
    let parts = Self.table.with(
      "part", .text(TextCells((0..<240).map { $0 < 9 ? nil : $0 < 150 ? "train" : "test" })))
    let given = try Self.draw(SplitRequest(using: "part", shares: shares), parts)
    #expect(given.notes.contains(.withoutPart(column: "part", rows: 9)) && given.split.train == RowList(9..<150))
    let folds = Self.table.with("fold", .int(Cells((0..<240).map { $0 < 5 ? nil : Int64($0 % 3) }, filler: 0)))
    let whole = try SplitShares(train: 1, valid: 0, test: 0)
    let folded = try Self.draw(SplitRequest(using: "fold", shares: whole), folds)
    #expect(folded.notes.contains(.withoutFold(column: "fold", rows: 5)) && folded.split.foldCount == 3)
  }

  @Test func rareAndAbsentClassesAreNamed() throws {
    var labels: [String?] = (0..<240).map { $0 % 2 == 0 ? "a" : "b" }
    labels[17] = "once"
    let rare = Self.table.with("y", .text(TextCells(labels)))
    let (_, notes) = try Self.draw(SplitRequest(shares: Self.shares.get()), rare)
    #expect(notes.contains(.singleRow(classes: ["once"])))
    let late = Self.table.with("y", .text(TextCells((0..<240).map { $0 < 200 ? $0 % 2 == 0 ? "a" : "b" : "late" })))
    let timed = try Self.draw(SplitRequest(time: "day", shares: Self.shares.get()), late)
    #expect(timed.notes.contains(.absent(classes: ["late"], part: "train")))
  }

  @Test func repeatedRowsAreToldAndThoseOfFewValuesAreNot() throws {
    let doubled = Self.table.take((0..<240).map { $0 % 120 })
    #expect(
      try Self.draw(SplitRequest(shares: Self.shares.get()), doubled).notes.contains(.repeated(rows: 120, of: 240)))
    // Groups keep such rows together.
    let grouped = try Self.draw(SplitRequest(group: "site", shares: Self.shares.get()), doubled).notes
    #expect(!grouped.contains { if case .repeated = $0 { true } else { false } })
    let few = Table([
      ("x", .int(Cells((0..<240).map { Int64($0 % 4) }))),
      ("y", .text(TextCells((0..<240).map { $0 % 3 == 0 ? "a" : "b" }))),
    ])
    #expect(try Self.draw(SplitRequest(shares: Self.shares.get()), few).notes.isEmpty)
  }
}
