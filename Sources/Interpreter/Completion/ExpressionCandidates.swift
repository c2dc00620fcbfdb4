import Descriptions
import Expressions
import Language
import Plan

extension Completer {
  /// Columns in the order of the table, the label's place among them.
  func columnNames(_ environment: Environment) -> [Completion] {
    environment.last.columnSchema.map(columnNames) ?? []
  }

  func columnNames(_ schema: RelationSchema) -> [Completion] {
    schema.columns.map { column in
      Completion(SyntaxPrinter.name(column.name), .column, column.facts.type?.rawValue ?? "")
    }
  }

  var selectors: [Completion] {
    ColumnSelector.allCases.map {
      Completion($0 == .matching ? "matching(" : $0.written, .function, $0.summary)
    }
  }

  /// Everything that an expression may name: columns, lets, params and values, then functions; those of the rows around, as `lag`, only
  /// where the stage states the order that they go by.
  func expressionNames(
    _ environment: Environment, columns: RelationSchema?, in stage: Description? = nil
  ) -> [Completion] {
    let own = columns == nil ? [] : columnNames(environment)
    let values = environment.scope.entries.filter { $0.name != "_" && !$0.name.contains("\u{2192}") }.map {
      Completion(SyntaxPrinter.name($0.name), .value, $0.entry.origin.rawValue)
    }
    let isPrelude = { (function: Scope.Function) in function.home == Checker.preludeName }
    let made = environment.scope.allFunctions
    return own + values + made.filter { !isPrelude($0) }.map(Self.made)
      + functions(ofRowsAround: stage.map(\.readsRowsAround) ?? false)
      + made.filter(isPrelude).map(Self.made)
  }

  private static func made(_ function: Scope.Function) -> Completion {
    Completion("\(function.name)(", .function, "made by let: \(function.signature)")
  }

  private func functions(ofRowsAround: Bool) -> [Completion] {
    Callable.all.filter { if case .window = $0 { ofRowsAround } else { true } }.map(\.description).map {
      Completion("\($0.name)(", .function, "\($0.signature): \($0.summary)")
    }
  }

  /// After `report.`: its figures; nil where no `.` stands before the word.
  func figures(_ context: CursorContext, _ environment: Environment) -> [Completion]? {
    guard context.stage.last?.is(.dot) == true else { return nil }
    guard context.stage.count >= 2, let name = context.stage[context.stage.count - 2].name else { return [] }
    switch environment.scope[name] {
    case .value(let value)?:
      return (value.figureNames ?? []).map { Completion($0, .figure, value.figures?[$0]?.description ?? "") }
    case .scalar(.record(let fields))?: return fields.map { Completion($0.name, .figure, $0.value.description) }
    default: return []
    }
  }
}

extension Description {
  /// Whether what is computed may go by the rows around each row: their order can be stated.
  fileprivate var readsRowsAround: Bool {
    positionals.contains { $0.kind == .derivation } && parameter("order") != nil
  }
}
