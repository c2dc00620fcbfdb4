import Descriptions
import Diagnostics
import Interpreter
import Language
import Plan

extension PlannedStage {
  /// A stage that changes a table as a whole and tells what that did to the rows.
  ///
  /// nil after a refusal of the schema, reported at `call`'s place. `needs` are the columns of the table that the change reads.
  static func transforming(
    by transform: any TableTransform, needs: ColumnNeeds, of schema: RelationSchema, words: String = "",
    _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> PlannedStage? {
    let result: RelationSchema
    do throws(EngineError) {
      result = try transform.result(schema)
    } catch {
      sink.report(error, at: call.range)
      return nil
    }
    return PlannedStage(result: .table(result), words: words, needs: needs) { value, context throws(EngineError) in
      guard case .table(let relation)? = value else { throw EngineError(.subject(.wrong(.table))) }
      let (settled, collected) = try Relation(relation, transformedBy: transform).settled(context)
      return Outcome(.table(settled), StageNotes.displays(collected.notes))
    }
  }
}

extension VerbCall {
  /// The columns that an option names, each once; none where it was not given. nil after reporting one that is not there.
  func columns(option: String, in schema: RelationSchema, _ sink: inout DiagnosticSink) -> [String]? {
    guard let written = optionExpressions[option], options.values[option] != nil else { return [] }
    let items = if case .list(let items) = written.kind { items } else { [written] }
    var names: [String] = []
    var isSound = true
    for (item, name) in zip(items, options.values[option]?.names ?? []) {
      guard column(Name(name, at: item.range), in: schema, &sink) != nil else {
        isSound = false
        continue
      }
      if !names.contains(name) { names.append(name) }
    }
    return isSound ? names : nil
  }
}

extension RawValue {
  /// The names that a word, a text or a list of them holds.
  fileprivate var names: [String] {
    if case .list(let items) = self { return items.compactMap(\.string) }
    return string.map { [$0] } ?? []
  }
}
