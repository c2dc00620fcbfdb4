import Descriptions
import Kernels
import Learners
import Plan
import Testing

@Suite struct DummyLearnerTests {
  static func answer(_ target: LearningTarget, _ strategy: String?) throws -> [Double] {
    let design = DesignMatrix(features: [], columns: [[Double]](), target: target)
    let options = Options(strategy.map { ["strategy": .word($0)] } ?? [:])
    return try DummyLearner(options: options, seed: 0).fit(design, Progress()).answer
  }

  @Test func itAnswersSharesTheMostFrequentClassOrTheMean() throws {
    let classes = LearningTarget.classes([2, 0, 2, 1], count: 3)
    #expect(try Self.answer(classes, nil) == [0.25, 0.25, 0.5])
    #expect(try Self.answer(classes, "prior") == [0.25, 0.25, 0.5])
    #expect(try Self.answer(classes, "most_frequent") == [0, 0, 1])
    #expect(try Self.answer(.numbers([1, 2, 6]), nil) == [3])
  }

  @Test func ofEquallyFrequentClassesTheFirstIsAnswered() throws {
    #expect(try Self.answer(.classes([1, 0], count: 2), "most_frequent") == [1, 0])
  }

  @Test func aStrategyOfTheOtherTaskIsRefused() {
    #expect(throws: EngineError.self) { try Self.answer(.numbers([1, 2]), "prior") }
    #expect(throws: EngineError.self) { try Self.answer(.classes([0, 1], count: 2), "mean") }
  }
}
