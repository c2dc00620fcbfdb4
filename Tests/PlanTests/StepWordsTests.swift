import Plan
import Testing

@Suite struct StepWordsTests {
  private static func scale(_ column: String, _ method: String = "standard") -> StepWords {
    .act(verb: "scale", column: column, method: method)
  }

  @Test func whatIsDoneAlikeToSeveralColumnsIsToldOnce() {
    #expect(
      StepWords.grouped([
        Self.scale("a"), Self.scale("b"), .written("drop c"), Self.scale("d"), Self.scale("e", "robust"),
      ]) == ["scale [a, b] = standard", "drop c", "scale d = standard", "scale e = robust"])
  }

  @Test func ofManyColumnsTheFirstAreNamedAndAllCounted() {
    let words = StepWords.grouped((0..<64).map { Self.scale("p\($0)") })
    #expect(words == ["scale [p0, p1, p2, p3, p4, p5, … (64)] = standard"])
  }

  @Test func whatCameOfItIsKept() {
    let steps = [("age", "28 for 3 missing"), ("fare", "14.45 for 1 missing")].map {
      StepWords.act(verb: "impute", column: $0.0, method: "median", remark: $0.1)
    }
    #expect(StepWords.grouped(steps) == ["impute [age, fare] = median (28 for 3 missing, 14.45 for 1 missing)"])
    #expect(StepWords.grouped([]) == [])
  }
}
