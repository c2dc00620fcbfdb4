import Diagnostics
import Display
import Interpreter
import Kernels
import Plan
import Tables

extension PlannedStage {
  /// A stage that records steps on a table or a split, one after the other, and shows what each did to the rows at hand.
  ///
  /// nil after a refusal of one of the steps' schemas, reported at `call`'s place (`ranges` has a place per step).
  static func recording(
    _ steps: [Step], ranges: [SourceRange] = [], on subject: ValueType, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> PlannedStage? {
    guard var schema = subject.schema else { return nil }
    let errors = sink.diagnostics.count
    for (place, step) in steps.enumerated() {
      do throws(EngineError) {
        try step.apply(to: &schema)
      } catch {
        sink.report(error, at: ranges.indices.contains(place) ? ranges[place] : call.range)
      }
    }
    guard sink.diagnostics.count == errors else { return nil }
    let result: ValueType
    switch subject {
    case .table: result = .table(schema)
    case .split(var split):
      split.schema = schema
      result = .split(split)
    default: return nil
    }
    let needs = ColumnNeeds.columns(Set(steps.flatMap(\.reads)))
    return PlannedStage(result: result, needs: needs, records: steps) { value, context throws(EngineError) in
      try Self.record(steps, on: value, context)
    }
  }

  /// The same for steps that need a seed: the stage's own, else the session's.
  static func seeded(
    _ seed: Int?, on subject: ValueType, _ call: VerbCall, _ sink: inout DiagnosticSink,
    _ steps: @escaping @Sendable (UInt64) -> [Step]
  ) -> PlannedStage? {
    let own = seed.map { UInt64($0) }
    guard let planned = recording(steps(own ?? 0), on: subject, call, &sink) else { return nil }
    return PlannedStage(result: planned.result, needs: planned.needs) { value, context throws(EngineError) in
      try record(steps(own ?? context.seed), on: value, context)
    }
  }

  private static func record(
    _ steps: [Step], on value: Value?, _ context: RunContext
  ) throws(EngineError) -> Outcome {
    switch value {
    case .table(let relation)?:
      let (settled, collected) = try relation.appending(steps).settled(context, changed: steps)
      return Outcome(.table(settled), StageNotes.displays(collected.notes))
    case .split(var split)?:
      let before = split.recipe.steps.count
      for step in steps { split = try split.appending(step) }
      let fitted = try split.trainingRows(context.progress)
      return Outcome(.split(split), StageNotes.displays(fitted.notes.filter { $0.place >= before }))
    default:
      throw EngineError(.subject(.wrong(.table)))
    }
  }
}
