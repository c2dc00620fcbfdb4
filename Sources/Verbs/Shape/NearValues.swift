import Display
import Expressions
import Interpreter
import Kernels
import Plan
import Tables

/// Texts that a condition compares a column with and that no row has, though some have nearly the same.
struct NearValues {
  private let comparisons: [(column: String, text: String)]

  init(_ conditions: [Expression]) { comparisons = conditions.flatMap(Self.comparisons) }

  /// `country == "a"` and `country in ["a", "b"]`, wherever they stand in a condition.
  private static func comparisons(_ expression: Expression) -> [(column: String, text: String)] {
    guard case .call(let function, let arguments) = expression else { return [] }
    if function == .equal || function == .in, case .column(let name, .text)? = arguments.first {
      return arguments.dropFirst().compactMap { if case .literal(.text(let text)) = $0 { (name, text) } else { nil } }
    }
    if function == .equal, arguments.count == 2, case .column(_, .text) = arguments[1] {
      return comparisons(.call(.equal, arguments.reversed()))
    }
    return arguments.flatMap(comparisons)
  }

  /// The rows before the condition: where a reading left out what does not meet it, the columns are read again.
  private func rows(_ relation: Relation, _ context: RunContext) throws(EngineError) -> Rows {
    guard case .source(let source, _, let filters) = relation.origin, !filters.isEmpty else {
      return try relation.settled(context).collected.rows
    }
    let plan = ReadingPlan(columns: .columns(Set(comparisons.map(\.column))), filters: [])
    let whole = Relation(source: source, declared: nil, plan: plan)
    return try whole.settled(context).collected.rows
  }

  /// A note for each text that has a near value among the rows before the condition; none where they are not in memory.
  func notes(_ relation: Relation, _ context: RunContext) throws(EngineError) -> [Note] {
    guard !comparisons.isEmpty, case .whole(let table) = try rows(relation, context) else { return [] }
    return comparisons.compactMap { name, text in
      guard let values = table.statistics(of: name)?.codes.values else { return nil }
      let cells = (0..<values.count).map { values[$0] }
      guard !cells.contains(.text(text)), let near = NearestName.value(.text(text), in: cells) else { return nil }
      return Note("no row's '\(name)' is \"\(text)\"; did you mean \(near)?")
    }
  }
}
