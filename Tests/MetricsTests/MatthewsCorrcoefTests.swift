import Metrics
import Plan
import Testing

@Suite struct MatthewsCorrcoefTests {
  /// What scikit-learn 1.9.1 says of the judged answers.
  static let judged: [(answers: String, value: Double)] = [
    ("binary", 0.5238095238095238),
    ("binaryWithTies", 0.3223291856101521),
    ("binaryFirstPositive", 0.408248290463863),
    ("threeClasses", 0.23513498578149009),
    ("threeClassesOneAbsent", -0.14959151840135315),
    ("threeClassesWithTies", 0.11785113019775792),
    ("certainAndWrong", -1.0),
  ]

  @Test(arguments: judged)
  func valuesEqualThoseOfTheJudge(answers: String, value: Double) throws {
    let judged = try #require(JudgedAnswers.all.first { $0.testDescription == answers })
    let found = try #require(MatthewsCorrcoef.value(judged.judgement).number)
    #expect(abs(found - value) < 1e-12)
  }

  @Test func aConstantHasNoCorrelation() throws {
    let never = try #require(JudgedAnswers.all.first { $0.testDescription == "neverPositive" })
    #expect(MatthewsCorrcoef.value(never.judgement) == .undefined(.oneAnswer(0)))
    let only = try #require(JudgedAnswers.all.first { $0.testDescription == "oneClassOnly" })
    #expect(MatthewsCorrcoef.value(only.judgement) == .undefined(.oneClass(0)))
  }

  @Test func itIsInTheCatalogueOfBothTasksOfClasses() {
    #expect(MetricCatalog.named("matthews_corrcoef")?.tasks == [.binary, .multiclass])
  }
}
