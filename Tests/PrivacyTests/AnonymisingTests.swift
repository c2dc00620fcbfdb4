import Expressions
import Kernels
import Plan
import Tables
import Testing

@testable import Privacy

@Suite struct AnonymisingTests {
  private static func text(_ cells: [String?]) -> Column { .text(TextCells(cells)) }
  private static func ints(_ cells: [Int64?]) -> Column { .int(Cells(cells, filler: 0)) }

  /// Rows of a random table about persons.
  private static func people(_ rows: Int, seed: UInt64) -> Table {
    var random = CounterRandom(seed: seed, stream: 3)
    var draw: (Int) -> Int { { random.next(below: $0) } }
    return Table([
      ("age", ints((0..<rows).map { _ in draw(20) == 0 ? nil : Int64(18 + draw(60)) })),
      ("zip", text((0..<rows).map { _ in "0\(draw(3))\(draw(10))\(draw(10))" })),
      ("town", text((0..<rows).map { _ in ["Oslo", "Oslo", "Oslo", "Bergen", "Moss", nil][draw(6)] })),
      ("born", .date(Cells((0..<rows).map { _ in Int32(draw(9000)) }))),
      ("ill", text((0..<rows).map { _ in ["flu", "flu", "gout", "none"][draw(4)] })),
    ])
  }

  private static func made(
    _ table: Table, _ quasi: [String], _ demand: AnonymityDemand, sensitive: [String] = [], share: Double = 0.05
  ) throws -> Anonymising {
    try Anonymising(of: table, quasi: quasi, sensitive: sensitive, demand, leavingOut: share, Progress())
  }

  private static func rows(_ made: Anonymising, of table: Table) throws -> Table {
    try Recipe(steps: made.steps)
      .fit(on: table, rows: RowList(0..<table.rowCount), choosing: .all, Progress()).table
  }

  @Test(arguments: [
    (AnonymityDemand(k: 5), ["age", "zip"]), (AnonymityDemand(k: 3, l: 2), ["age", "town"]),
    (AnonymityDemand(k: 4, l: 2, t: 0.3), ["zip", "town", "born"]),
    (AnonymityDemand(k: 20), ["age", "zip", "town", "born"]),
  ])
  func whatIsDemandedIsReached(demand: AnonymityDemand, quasi: [String]) throws {
    for seed in 1...4 {
      let table = Self.people(300, seed: UInt64(seed))
      let sensitive = demand.l > 1 ? ["ill"] : []
      let made = try Self.made(table, quasi, demand, sensitive: sensitive)
      let after = try Self.rows(made, of: table)
      let found = try Anonymity(of: after, quasi: quasi, sensitive: sensitive, Progress())
      #expect(found.k >= demand.k && found == made.figures, "\(found) \(made.figures)")
      #expect(found.diversities.allSatisfy { $0.l >= demand.l && $0.t <= (demand.t ?? 1) + 1e-9 })
      #expect(after.rowCount == 300 - made.left && made.left <= 15)
      #expect(made.isLeast)
      // The same rows give the same again.
      #expect(
        try Self.made(table, quasi, demand, sensitive: sensitive).columns.map(\.way) == made.columns.map(\.way))
    }
  }

  /// Every way to take one rung each, tried without any order: none that meets the demand loses less.
  @Test func noOtherWayLosesLess() throws {
    for seed in 5...8 {
      let table = Self.people(120, seed: UInt64(seed))
      let quasi = ["age", "zip", "town"]
      let demand = AnonymityDemand(k: 6)
      let made = try Self.made(table, quasi, demand, share: 0.1)
      let ladders = try quasi.map { try GeneralisationLadder($0, of: table, k: 6, Progress()) }
      var least = Double.infinity
      for one in ladders[0].rungs.indices {
        for two in ladders[1].rungs.indices {
          for three in ladders[2].rungs.indices {
            let rungs = [one, two, three]
            let steps = AnonymisedColumns(zip(quasi, zip(ladders, rungs)).map { ($0, $1.0.rungs[$1.1]) }, demand)
            let after = try Recipe(steps: [.feature(steps)])
              .fit(on: table, rows: RowList(0..<120), choosing: .all, Progress()).table
            let kept = try HiddenRows(by: quasi, sensitive: [], demand).choose(from: after, Progress()).rows.count
            guard kept > 0, 120 - kept <= 12 else { continue }
            let own = zip(ladders, rungs).reduce(0) { $0 + $1.0.losses[$1.1] } / 3
            least = min(least, own * Double(kept) / 120 + Double(120 - kept) / 120)
          }
        }
      }
      #expect(abs(made.lost - least) < 1e-12, "\(made.lost) \(least)")
    }
  }

  /// Each value becomes the same one wherever it stands, and rows to come are generalised by what was found.
  @Test func columnsAreGeneralisedAsAWholeAndSoAreNewRows() throws {
    let table = Self.people(400, seed: 9)
    let made = try Self.made(table, ["age", "zip"], AnonymityDemand(k: 8))
    let step = try #require(made.steps.first)
    let fitted = try Recipe(steps: [step]).fit(on: table, rows: RowList(0..<400), choosing: .all, Progress()).table
    let more = Table([("age", Self.ints([25, 199, nil])), ("zip", Self.text(["0123", "9999", nil]))])
    let new = try Recipe(steps: [step]).fit(on: more, rows: RowList(0..<3), choosing: .all, Progress()).table
    for name in ["age", "zip"] {
      var known: [Cell: Cell] = [:]
      let (raw, after) = (try #require(table[name]), try #require(fitted[name]))
      for row in 0..<400 { #expect(known.updateValue(after[row], forKey: raw[row]) ?? after[row] == after[row]) }
      let own = try #require(more[name])
      for row in 0..<3 { if let before = known[own[row]] { #expect(new[name]?[row] == before) } }
    }
    let last = (0..<400).compactMap { fitted["age"]?[$0].number }.max()
    #expect(new["age"]?[1].number ?? 0 <= last ?? 0)
  }

  /// Four rows by hand: two and two agree in their decade, and the classes of 2 are had without losing a row.
  @Test func fourRowsByHand() throws {
    let table = Table([("sex", Self.text(["f", "f", "m", "m"])), ("code", Self.text(["a1", "a2", "b1", "b2"]))])
    let made = try Self.made(table, ["sex", "code"], AnonymityDemand(k: 2), share: 0)
    #expect(made.columns.map(\.way) == [.asItIs, .beginning(1)] && made.left == 0)
    // Two bits of four codes, of which one is left; none of the sex: a quarter of both on average.
    #expect(abs(made.lost - 0.25) < 1e-12 && made.figures.k == 2 && made.figures.classes == 2)
    let after = try Self.rows(made, of: table)
    #expect(after["code"] == Self.text(["a*", "a*", "b*", "b*"]))
  }

  @Test func whatCannotBeHadIsRefused() throws {
    let table = Self.people(10, seed: 2)
    #expect(throws: EngineError(.privacy(.notAnonymous(demand: "k: 11", rows: 10, leavingOut: 0)))) {
      try Self.made(table, ["age"], AnonymityDemand(k: 11))
    }
    let alike = Table([("age", Self.ints([1, 1, 2, 2])), ("ill", Self.text(["x", "x", "x", "x"]))])
    #expect(throws: EngineError.self) { try Self.made(alike, ["age"], AnonymityDemand(k: 2, l: 2), sensitive: ["ill"]) }
    let none = table.take([Int]())
    #expect(throws: EngineError.self) { try Self.made(none, ["age"], AnonymityDemand(k: 2)) }
  }

  /// A lattice that is too large to be gone through is climbed.
  @Test func manyColumnsAreClimbed() throws {
    var random = CounterRandom(seed: 4, stream: 1)
    let names = (0..<8).map { "n\($0)" }
    let table = Table(
      names.map { name in (name, .float(Cells((0..<200).map { _ in Double(random.next(below: 1000)) }))) })
    let made = try Self.made(table, names, AnonymityDemand(k: 4))
    #expect(!made.isLeast && made.figures.k >= 4)
    let after = try Self.rows(made, of: table)
    #expect(try Anonymity(of: after, quasi: names, sensitive: [], Progress()).k >= 4)
  }

  @Test func theLastRungTellsNothing() throws {
    let table = Self.people(50, seed: 3)
    for name in table.names {
      let ladder = try GeneralisationLadder(name, of: table, k: 5, Progress())
      #expect(ladder.rungs.first == .asItIs && ladder.rungs.last == .hidden)
      #expect(ladder.losses == ladder.losses.sorted() && ladder.losses.last == 1)
      #expect(ladder.different == ladder.different.sorted(by: >) && ladder.different.last == 1)
    }
  }
}
