import Kernels
import Plan
import Testing
import Training

@Suite struct SplitterTests {
  @Test(arguments: [3, 10, 101, 1000])
  func everyRowIsInOnePartAndSizesAreTheShares(rows: Int) throws {
    let shares = try SplitShares(train: 0.7, valid: 0.15, test: 0.15)
    let parts = try Splitter.parts(rowCount: rows, shares: shares, seed: 7)
    #expect((parts.train + parts.valid + parts.test).sorted() == Array(0..<rows))
    #expect(abs(Double(parts.train.count) - 0.7 * Double(rows)) <= 1.2)
    #expect(!parts.valid.isEmpty && !parts.test.isEmpty)
    #expect(try parts == Splitter.parts(rowCount: rows, shares: shares, seed: 7))
    if rows > 100 { #expect(try parts != Splitter.parts(rowCount: rows, shares: shares, seed: 8)) }
  }

  @Test func tenRowsAtSevenTenthsAreSeven() throws {
    let shares = try SplitShares(train: 0.7, valid: 0.2, test: 0.1)
    let parts = try Splitter.parts(rowCount: 10, shares: shares, seed: 1)
    #expect([parts.train.count, parts.valid.count, parts.test.count] == [7, 2, 1])
  }

  @Test func everyStratumHasItsShareAndSingleRowsAreTrainedOn() throws {
    var strata = (0..<300).map { Int32($0 % 10 == 0 ? 1 : 0) }
    strata.append(9)
    let shares = try SplitShares(train: 0.6, valid: 0.2, test: 0.2)
    let parts = try Splitter.parts(rowCount: strata.count, shares: shares, strata: strata, seed: 3)
    for part in [parts.valid, parts.test] {
      #expect(part.count { strata[$0] == 1 } == 6)
      #expect(part.count { strata[$0] == 0 } == 54)
    }
    #expect(parts.train.contains(300))
  }

  @Test func manySmallStrataStillFillEveryPart() throws {
    let strata = (0..<300).map { Int32($0 / 3) }
    let shares = try SplitShares(train: 0.7, valid: 0.15, test: 0.15)
    let parts = try Splitter.parts(rowCount: 300, shares: shares, strata: strata, seed: 3)
    #expect(abs(parts.valid.count - 45) <= 2 && abs(parts.test.count - 45) <= 2)
    for stratum in 0..<100 { #expect(parts.train.contains { strata[$0] == Int32(stratum) }) }
  }

  @Test(arguments: [true, false])
  func noGroupIsInTwoParts(stratified: Bool) throws {
    var random = CounterRandom(seed: 5)
    let groups = (0..<500).map { _ in Int32(random.next(below: 40)) }
    let strata = groups.map { $0 % 4 == 0 ? Int32(1) : 0 }
    let shares = try SplitShares(train: 0.6, valid: 0.2, test: 0.2)
    let parts = try Splitter.parts(
      rowCount: 500, shares: shares, strata: stratified ? strata : nil, groups: groups, seed: 2)
    let sets = [parts.train, parts.valid, parts.test].map { Set($0.map { groups[$0] }) }
    #expect(sets[0].isDisjoint(with: sets[1]) && sets[0].isDisjoint(with: sets[2]) && sets[1].isDisjoint(with: sets[2]))
    #expect(abs(parts.train.count - 300) < 30 && abs(parts.test.count - 100) < 30)
    if stratified {
      let share = Double(parts.test.count { strata[$0] == 1 }) / Double(parts.test.count)
      #expect(abs(share - 0.25) < 0.12)
    }
  }

  @Test func theOldestRowsAreTrainedOnAndOneTimeStaysTogether() throws {
    let time = [5, 1, 1, 1, 2, 3, 4, 4, 4, .nan]
    let shares = try SplitShares(train: 0.5, valid: 0.2, test: 0.3)
    let parts = try Splitter.parts(rowCount: 10, shares: shares, time: time, seed: 0)
    #expect(parts.train == [1, 2, 3, 4, 9])
    #expect(parts.valid == [5])
    #expect(parts.test == [0, 6, 7, 8])
  }

  struct Scarce: Sendable {
    var rows: Int
    var groups: [Int32]?
    var time: [Double]?
  }

  @Test(arguments: [
    Scarce(rows: 2), Scarce(rows: 0), Scarce(rows: 9, groups: [1, 1, 1, 1, 2, 2, 2, 2, 2]),
    Scarce(rows: 4, time: [1, 1, 1, 1]),
  ])
  func aPartWithoutRowsIsAnErrorNamedForIt(scarce: Scarce) throws {
    let shares = try SplitShares(train: 0.6, valid: 0.2, test: 0.2)
    let error = #expect(throws: EngineError.self) {
      try Splitter.parts(rowCount: scarce.rows, shares: shares, groups: scarce.groups, time: scarce.time, seed: 0)
    }
    guard case .rows(.emptyPart(let part, _, let share))? = error?.problem else {
      Issue.record("not an empty part: \(String(describing: error))")
      return
    }
    #expect(["train", "valid", "test"].contains(part) && (share == 0.6 || share == 0.2))
  }

  @Test(arguments: [(0.7, 0.2, 0.2), (-0.1, 0.6, 0.5), (0, 0.5, 0.5), (.nan, 0.5, 0.5), (.infinity, 0, 0)])
  func sharesThatDoNotAddUpAreRefused(train: Double, valid: Double, test: Double) {
    let error = #expect(throws: EngineError.self) { try SplitShares(train: train, valid: valid, test: test) }
    #expect(error?.code == .badOption)
  }

  @Test func timeStandsAlone() throws {
    let shares = try SplitShares(train: 0.5, valid: 0, test: 0.5)
    #expect(throws: EngineError.self) {
      try Splitter.parts(rowCount: 2, shares: shares, strata: [0, 1], time: [1, 2], seed: 0)
    }
  }
}
