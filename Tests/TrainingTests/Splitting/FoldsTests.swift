import Plan
import Testing
import Training

@Suite struct FoldsTests {
  @Test(arguments: [2, 3, 5, 10])
  func foldsAreEvenWholeAndInEveryStratum(count: Int) throws {
    let strata = (0..<103).map { Int32($0 % 3) }
    let folds = try Folds.assign(rowCount: 103, folds: count, strata: strata, seed: 4)
    let sizes = (0..<count).map { fold in folds.assignment.count { $0 == fold } }
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    for stratum in 0..<3 {
      let dealt = (0..<count).map { fold in
        folds.assignment.indices.count { folds.assignment[$0] == fold && strata[$0] == Int32(stratum) }
      }
      #expect((dealt.max() ?? 0) - (dealt.min() ?? 0) <= 1)
    }
    let (train, valid) = folds.rows(holdingOut: 1)
    #expect((train + valid).sorted() == Array(0..<103) && folds.rounds == 0..<count)
  }

  @Test func groupsStayWhole() throws {
    let groups = (0..<60).map { Int32($0 / 7) }
    let folds = try Folds.assign(rowCount: 60, folds: 3, groups: groups, seed: 1)
    for group in 0..<9 {
      #expect(
        Set(folds.assignment.indices.filter { groups[$0] == Int32(group) }.map { folds.assignment[$0] }).count == 1)
    }
    #expect(Set(folds.assignment) == [0, 1, 2])
  }

  @Test func aFoldInTimeIsJudgedByEarlierOnesOnly() throws {
    let time = (0..<40).map { Double(39 - $0 / 2) }
    let folds = try Folds.assign(rowCount: 40, folds: 4, time: time, seed: 1)
    #expect(folds.isOrdered && folds.rounds == 1..<4)
    for round in folds.rounds {
      let (train, valid) = folds.rows(holdingOut: round)
      let latest = try #require(train.map { time[$0] }.max())
      let earliest = try #require(valid.map { time[$0] }.min())
      #expect(latest < earliest)
    }
  }

  @Test func tooFewRowsGroupsOrTimesAreErrors() {
    #expect(throws: EngineError.self) { try Folds.assign(rowCount: 10, folds: 1, seed: 0) }
    #expect(throws: EngineError.self) { try Folds.assign(rowCount: 4, folds: 5, seed: 0) }
    #expect(throws: EngineError.self) { try Folds.assign(rowCount: 4, folds: 3, groups: [1, 1, 2, 2], seed: 0) }
    #expect(throws: EngineError.self) { try Folds.assign(rowCount: 4, folds: 2, time: [1, 1, 1, 1], seed: 0) }
  }
}
