import Kernels
import Plan
import Tables
import Testing

@testable import Training

@Suite struct SplitGapTests {
  private static func request(_ days: Double, folds: Int? = nil) throws -> SplitRequest {
    var request = SplitRequest(time: "day", folds: folds, shares: try SplitRequestTests.shares.get())
    request.gap = days * 86_400e6
    return request
  }

  private static func days(_ rows: some Sequence<Int>) -> [Int] { rows.map { $0 / 2 } }

  @Test func rowsNearTheNextPartAreInNone() throws {
    let (split, notes) = try SplitRequestTests.draw(Self.request(7))
    let (train, valid) = (Self.days(Array(split.train)), Self.days(Array(split.valid)))
    // 120 days of two rows: 72, 24 and 24 of them. A day that is seven before the next part's first is far enough.
    #expect(train == (0...65).flatMap { [$0, $0] } && valid == (72...89).flatMap { [$0, $0] })
    #expect(split.sealed.count == 48 && notes.contains(.inGap(column: "day", rows: 24)))
  }

  @Test func eachFoldHasItsGap() throws {
    let (split, _) = try SplitRequestTests.draw(Self.request(3, folds: 4))
    let folds = Folds(
      assignment: split.folds?.assignment ?? [], count: 4, isOrdered: true, gap: split.keys.gap)
    for fold in folds.rounds {
      let (train, valid) = folds.rows(holdingOut: fold)
      let first = Self.days(valid.map { split.train[$0] }).min() ?? 0
      #expect(Self.days(train.map { split.train[$0] }).max() == first - 3)
    }
    let rounds = try TrainingRounds(folding: split, 4)
    #expect(rounds.count == 3 && rounds.areOrdered)
  }

  @Test func aGapThatLeavesNothingToLearnFromIsRefused() throws {
    let request = try Self.request(200)
    #expect(throws: EngineError(.rows(.emptyPart("train", .time, share: 0.6)))) {
      try SplitRequestTests.draw(request)
    }
  }
}
