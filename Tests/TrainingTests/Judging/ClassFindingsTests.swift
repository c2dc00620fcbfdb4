import Kernels
import Plan
import Testing

@testable import Training

@Suite struct ClassFindingsTests {
  static func findings(_ split: Split) throws -> ClassFindings {
    ClassFindings(try JudgedRows(SmallSplit.model(split), Progress()))
  }

  /// Classes in the order of their names: a, b, c, d.
  @Test func classesOfTheValidPartAreCountedAgainstTheTrainingPart() throws {
    let labels = ["a", "b", "a", "b", "d", "a", "b", "a", "c", "c"]
    let found = try Self.findings(SmallSplit.make(labels, train: 0..<5, valid: 5..<10))
    #expect(found.absent == [.init(code: 3, rows: 0)])
    #expect(found.unlearned == [.init(code: 2, rows: 2)])
    #expect(found.single == [.init(code: 1, rows: 1)])
  }

  @Test func aClassInOneFoldOnlyIsNotLearnedByTheModelThatJudgesIt() throws {
    let labels = ["a", "b", "a", "b", "c", "c", "a", "b"]
    let apart = try SmallSplit.make(labels, train: 0..<8, folds: [0, 0, 1, 1, 0, 1, 0, 1])
    #expect(try Self.findings(apart).unlearned.isEmpty)
    let together = try SmallSplit.make(labels, train: 0..<8, folds: [0, 0, 1, 1, 1, 1, 0, 0])
    #expect(try Self.findings(together).unlearned == [.init(code: 2, rows: 2)])
  }

  @Test func inTheOrderOfTimeWhatComesLaterTeachesNothing() throws {
    let labels = ["a", "b", "a", "b", "c", "c", "c", "a"]
    let ordered = try SmallSplit.make(labels, train: 0..<8, folds: [0, 0, 1, 1, 1, 2, 2, 2], isOrdered: true)
    #expect(try Self.findings(ordered).unlearned == [.init(code: 2, rows: 1)])
  }
}
