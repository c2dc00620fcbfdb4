import Expressions
import Plan
import Tables
import Testing
import Training

/// Where a table holds the raw cells that a model takes, by what its steps do and not by how they were written.
@Suite struct InputTraceTests {
  private static func plus(_ name: String, _ value: Int64, as target: String? = nil, words: String? = nil) -> Step {
    let sum = Expression.call(.add, [.column(name, .int), .literal(.int(value))])
    return .feature(Derive(target ?? name, sum, words: words))
  }

  private static let fill = Step.feature(Impute("a", .median))
  private static let scale = Step.feature(Scale("a", StandardScaling.self))

  private func place(_ steps: [Step], model: [Step], of input: String = "a") -> InputTrace.Place {
    InputTrace(steps, raw: ["a", "b"], contained: model.map(\.key)).place(of: input)
  }

  @Test func aColumnThatNoStepChangesIsRaw() {
    #expect(
      place(
        [.feature(Scale("b", StandardScaling.self)), .label(LabelSpec(name: "b", positive: nil, origins: ["b"]))],
        model: [])
        == .found(steps: 0, column: "a"))
  }

  @Test func stepsOfTheModelAreTakenBack() {
    #expect(place([Self.fill, Self.scale], model: [Self.scale, Self.fill]) == .found(steps: 0, column: "a"))
  }

  @Test func aStepThatIsWrittenOtherwiseIsTheSame() {
    let written = Self.plus("a", 1, words: "derive a = a+1")
    #expect(place([written], model: [Self.plus("a", 1)]) == .found(steps: 0, column: "a"))
    #expect(place([Self.plus("a", 2)], model: [Self.plus("a", 1)]) == .found(steps: 1, column: "a"))
  }

  @Test func otherStepsCountAsShown() {
    let trace = InputTrace([Self.plus("b", 1, as: "a")], raw: ["b"], contained: [])
    #expect(trace.place(of: "a") == .found(steps: 1, column: "a"))
    #expect(trace.others(making: "a") == ["derive a = b + 1"])
  }

  @Test func aStepMoreOftenThanInTheModelCountsOnce() {
    // One of two is the model's, so what the other had made of the raw cells was never there.
    #expect(
      place([Self.plus("a", 1), Self.plus("a", 1)], model: [Self.plus("a", 1)])
        == .mixed(contained: "derive a = a + 1", other: "derive a = a + 1"))
  }

  @Test func otherStepsBeforeTheModelsAreTakenFromBetween() {
    #expect(place([Self.plus("a", 1), Self.scale], model: [Self.scale]) == .found(steps: 1, column: "a"))
  }

  @Test func otherStepsAfterTheModelsCannotBeDecided() {
    #expect(
      place([Self.scale, Self.plus("a", 1)], model: [Self.scale])
        == .mixed(contained: "scale a = standard", other: "derive a = a + 1"))
  }

  @Test func renamesAreFollowed() {
    let rename = Step.rename([.init("b", "a"), .init("a", "c")])
    #expect(place([rename], model: []) == .found(steps: 0, column: "b"))
    #expect(InputTrace([rename], raw: ["a", "b"], contained: []).others(making: "a") == [rename.words])
    #expect(place([rename], model: [rename]) == .found(steps: 0, column: "a"))
  }

  @Test func aDroppedColumnIsNotThereUnlessTheModelDropsIt() {
    #expect(place([.drop(["a", "b"])], model: [.drop(["b"])]) == .absent)
    #expect(
      InputTrace([.drop(["a", "b"])], raw: ["a", "b"], contained: [StepKey("drop", ["a"])]).place(of: "a")
        == .found(steps: 0, column: "a"))
    #expect(place([.select(["b"])], model: []) == .absent)
    #expect(place([.select(["b"])], model: [.select(["b"])]) == .found(steps: 0, column: "a"))
  }

  @Test func keysTellTextsApartByTheirBytes() {
    #expect(StepKey("derive", ["é"]) != StepKey("derive", ["e\u{301}"]))
    #expect(StepKey("derive", ["a\", \"b"]) != StepKey("derive", ["a", "b"]))
    #expect(Step.feature(Impute("a", .constant(.text("1")))).key != Step.feature(Impute("a", .constant(.int(1)))).key)
  }
}
