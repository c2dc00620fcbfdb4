import Descriptions
import Diagnostics
import Expressions
import Language
import Notation

extension FlowWalker {
  /// `df.head()` where nothing is named `df` and there are rows at hand: the stages take those. Told with the flow without that name;
  /// false for a flow that begins with what there is, or with a misspelt name.
  mutating func isWithoutValue(_ pipeline: Pipeline) -> Bool {
    guard pipeline.elements.count > 1, callers.isEmpty, !performer.writesReportsOnly,
      case .stage(let first) = pipeline.elements[0], first.isBare, let schema = environment.last.schema,
      schema.facts(of: first.verb.text) == nil, environment.scope[first.verb.text] == nil, isNoVerb(first.verb.text)
    else { return false }
    let names = environment.scope.valueNames.filter { $0 != "_" } + vocabulary.names
    guard didYouMean(first.verb.text, among: names) == nil else { return false }
    let range = first.range.union(pipeline.elements[1].range)
    sink.report(
      .unknownVerb, "no value '\(first.verb.text)'", at: first.range, label: "a stage alone takes the rows at hand",
      rewrite: Rewrite(SourceRange(range.start, pipeline.elements[1].range.start), ""))
    return true
  }

  /// `df.age` and `df.shape` typed alone of a value with columns: the stage that shows that. False for any other expression.
  mutating func walk(memberOfFrame expression: Expr) -> Bool {
    guard case .member(let base, let member) = expression.kind, case .name(let frame) = base.kind,
      case .table(let schema)? = environment.namedTypes[frame]
    else { return false }
    let stage: String
    if schema.facts(of: member.text) != nil {
      stage = "select \(SyntaxPrinter.name(member.text))"
    } else if ["shape", "columns", "dtypes", "info", "schema", "size"].contains(member.text) {
      stage = "schema"
    } else {
      return false
    }
    sink.report(
      .otherLanguage, "a table has no members", at: expression.range,
      rewrite: Rewrite(expression.range, "\(SyntaxPrinter.name(frame)) |> \(stage)"))
    return true
  }

  private func isNoVerb(_ name: String) -> Bool {
    vocabulary[name] == nil && !environment.definedVerbs.contains { $0.name == name }
      && HabitCatalogue.habit(name) == nil && vocabulary.help.verb(otherwiseCalled: name) == nil
      && !PlannedWords.contains(name, .verb)
  }
}
