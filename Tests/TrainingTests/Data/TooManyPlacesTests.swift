import Kernels
import Learners
import Plan
import Scoring
import Tables
import Testing

@testable import Training

/// What is more than a feature vector has places for is refused before it is coded.
@Suite struct TooManyPlacesTests {
  private static func words(_ count: Int) -> [String] { (0..<count).map { "w\($0)" } }

  private static func refusal(_ body: () throws(EngineError) -> Void) -> FittingProblem? {
    do throws(EngineError) { try body() } catch {
      if case .fitting(let problem) = error.problem { return problem }
    }
    return nil
  }

  @Test func anEncodingOfTooManyCategoriesIsRefusedWhereItIsFitted() throws {
    let table = Table([("t", .text(TextCells(["w0", "w1", nil])))])
    let most = Graph.maximumWidth
    func fit(_ count: Int, _ method: Encode.Method) -> FittingProblem? {
      let encode = Encode("t", method, order: Self.words(count))
      return Self.refusal { () throws(EngineError) in _ = try encode.fit(on: table, Progress()) }
    }
    // A missing cell has a place of its own.
    #expect(fit(most, .onehot) == .tooManyPlaces(most + 1, most: most, [.fewerCategories]))
    #expect(fit(most - 1, .onehot) == nil)
    #expect(fit(most, .ordinal) == nil)
  }

  /// Two columns that each have room, and together have not.
  @Test func columnsThatTogetherAreTooManyAreRefusedBeforeTheSecondIsPutIn() throws {
    let half = Graph.maximumWidth / 2 + 1
    let words = Self.words(half)
    let rows = 12
    let table = Table([
      ("a", .text(TextCells((0..<rows).map { words[$0] }))), ("b", .text(TextCells((0..<rows).map { words[$0 + 1] }))),
      ("y", .text(TextCells((0..<rows).map { $0 % 2 == 0 ? "u" : "v" }))),
    ])
    let steps = ["a", "b"].map { Step.feature(Encode($0, .onehot, order: words)) }
    let split = try TrainingDataTests.split(steps, table: table)
    let needs = FeatureNeeds(categories: .oneHot, takesMissing: false, scales: true)
    let refused = Self.refusal { () throws(EngineError) in
      _ = try TrainingData(split, rows: split.train, Progress()).features(for: needs, Progress())
    }
    #expect(refused == .tooManyPlaces(2 * half, most: Graph.maximumWidth, [.fewerCategories]))
  }
}
