import Descriptions
import Language
import Plan
import Tables

extension Completer {
  /// Values of the column that is compared, looked up in a list, or that an option asks one of; nil where the place takes none.
  func values(_ context: CursorContext, _ environment: Environment) -> [Completion]? {
    if let column = context.comparedColumn { return values(of: column, context, environment) }
    guard let name = context.verb, let verb = vocabulary[name], let option = option(context, verb),
      case .valueOfColumn = option.meaning
    else { return nil }
    guard let column = context.firstName else { return [] }
    let known = values(of: column, context, environment)
    return known.isEmpty ? context.answers.map { Completion($0, .value) } : known
  }

  private func values(of column: String, _ context: CursorContext, _ environment: Environment) -> [Completion] {
    guard let schema = environment.last.columnSchema else { return [] }
    let given = context.givenElements
    let known = sample.cells(of: column, inTable: schema.name).filter { !given.contains($0) }
    let isBool = known.isEmpty && schema.facts(of: column)?.type == .bool
    return (isBool ? [.bool(false), .bool(true)] : known).map { Completion(Scalar.cell($0).description, .value) }
  }

  /// The option whose value is at the cursor, in a list or not: the verb's own, or one of what is named beside it.
  func option(_ context: CursorContext, _ verb: any Verb.Type) -> (any AnyParameter)? {
    guard let name = context.optionName else { return nil }
    return ([verb.description] + companions(verb, context)).lazy.compactMap { $0.parameter(name) }.first
  }
}

extension ValueType {
  /// The columns that may be named: those at hand, or those that a model was trained from.
  var columnSchema: RelationSchema? {
    switch subject {
    case .model(let model), .service(let model): model.split?.schema
    default: schema
    }
  }
}

extension CursorContext {
  /// The column that the value at the cursor is compared with: after `==` and `!=`, in the list after `in`, and before the colons of a
  /// record that it is given.
  fileprivate var comparedColumn: String? {
    guard let last = stage.last else { return nil }
    if last.is(.equal) || last.is(.notEqual) { return column(before: stage.count - 1) }
    // The keys of a record of values: `replace plan = {`.
    if let open = openBrackets.last, open > 1, stage[open].is(.openBrace), stage[open - 1].is(.assign),
      last.is(.openBrace) || last.is(.comma)
    {
      return column(before: open - 1)
    }
    guard let open = openBrackets.last, open > 0, stage[open].is(.openBracket), stage[open - 1].is(.in),
      last.is(.openBracket) || last.is(.comma)
    else { return nil }
    return column(before: open - 1)
  }

  private func column(before place: Int) -> String? {
    guard place > 0, place < 2 || !stage[place - 2].is(.dot) else { return nil }
    return stage[place - 1].name
  }

  /// What the list at the cursor holds already.
  fileprivate var givenElements: Set<Tables.Cell> {
    guard let open = openBrackets.last, stage[open].is(.openBracket) else { return [] }
    return Set(
      stage[open...].compactMap { token in
        switch token.kind {
        case .literal(.text(let text)): .text(text)
        case .literal(.int(let value)): .int(value)
        case .literal(.bool(let value)): .bool(value)
        default: nil
        }
      })
  }

  /// The option whose value, or the list that is its value, the cursor stands in.
  var optionName: String? {
    let open = openBrackets
    let place = open.first ?? stage.count
    let isValue = open.isEmpty || open.count == 1 && stage[place].is(.openBracket)
    guard isValue, place >= 2, stage[place - 1].is(.colon) else { return nil }
    return stage[place - 2].name
  }

  /// The option whose value is the record that the cursor stands in.
  var recordOption: String? {
    guard let place = openBrackets.first, openBrackets.count == 1, stage[place].is(.openBrace), place >= 2,
      stage[place - 1].is(.colon)
    else { return nil }
    return stage[place - 2].name
  }

  /// The column that the stage is about: its first argument, or what that gives a value.
  fileprivate var firstName: String? { stage.count > 1 ? stage[1].name : nil }

  /// What an expression after `=` can come to, as far as it is written: the texts after `then` and `else`, or true and false.
  fileprivate var answers: [String] {
    let texts = zip(stage, stage.dropFirst()).compactMap { before, token -> String? in
      guard before.is(.then) || before.is(.else), case .literal(.text(let text)) = token.kind else { return nil }
      return Scalar.cell(.text(text)).description
    }
    return texts.isEmpty ? ["true", "false"] : texts
  }
}
