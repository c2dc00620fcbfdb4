import Diagnostics
import Display
import Interpreter
import Kernels
import Plan
import Tables

extension PlannedStage {
  /// What is shown of what recorded steps had to say of a stage's subject.
  typealias Telling = @Sendable ([StageNote], Value, RunContext) throws(EngineError) -> [Display]

  /// A stage that records steps on a table or a split, one after the other, and shows what each did to the rows at hand.
  ///
  /// nil after a refusal of one of the steps' schemas, reported at `call`'s place (`ranges` has a place per step). `tell` shows what the
  /// steps had to say of the stage's subject, or throws where the stage is to fail for it.
  static func recording(
    _ steps: [Step], ranges: [SourceRange] = [], on subject: ValueType, _ call: VerbCall, _ sink: inout DiagnosticSink,
    tell: @escaping Telling = { notes, _, _ in StageNotes.displays(notes) }
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
      try Self.record(steps, on: value, context, tell)
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

  /// A stage on a table that records steps which its rows settle: `planned` are the same steps as far as they are known before, and
  /// `settle` gives them with what there is to show.
  static func settling(
    _ planned: [Step], on subject: ValueType, _ call: VerbCall, _ sink: inout DiagnosticSink,
    _ settle: @escaping @Sendable (Relation, RunContext) throws(EngineError) -> (steps: [Step], shown: [Display])
  ) -> PlannedStage? {
    guard let known = recording(planned, on: subject, call, &sink) else { return nil }
    return PlannedStage(result: known.result, needs: known.needs) { value, context throws(EngineError) in
      guard case .table(let relation)? = value else { throw EngineError(.subject(.wrong(.table))) }
      let (steps, shown) = try settle(relation, context)
      let outcome = try record(steps, on: value, context)
      return Outcome(outcome.value, shown + outcome.displays)
    }
  }

  private static func record(
    _ steps: [Step], on value: Value?, _ context: RunContext,
    _ tell: Telling = { notes, _, _ in StageNotes.displays(notes) }
  ) throws(EngineError) -> Outcome {
    switch value {
    case .table(let relation)?:
      let (settled, collected) = try relation.appending(steps).settled(context, changed: steps)
      return Outcome(.table(settled), try tell(collected.notes, .table(relation), context))
    case .split(var split)?:
      let (subject, before) = (split, split.recipe.steps.count)
      for step in steps { split = try split.appending(step) }
      let fitted = try split.trainingRows(context.progress)
      return Outcome(.split(split), try tell(fitted.notes.filter { $0.place >= before }, .split(subject), context))
    default:
      throw EngineError(.subject(.wrong(.table)))
    }
  }
}
