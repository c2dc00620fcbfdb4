import Descriptions
import Diagnostics
import Expressions
import Formats
import Interpreter
import Language
import Plan
import Serving
import Tables
import Validation

/// Reads one rule that is written as a form.
struct FormReader {
  let rules: RuleReader
  let form: RuleForm
  let written: Language.Call
  let frame: RuleFrame

  private var call: VerbCall { rules.call }
  private var schema: RelationSchema { rules.schema }

  func rule(_ sink: inout DiagnosticSink) -> ReadRule {
    switch form {
    case .rule: rules.condition(written.arguments[0], frame, &sink)
    case .notMissing: notMissing(&sink)
    case .inSet: compared(.contains, &sink)
    case .matches: compared(.matches, &sink)
    case .range: range(&sink)
    case .unique: unique(&sink)
    case .increasing, .decreasing: order(&sink)
    case .rowCount: rowCount(&sink)
    case .sumClose: sumClose(&sink)
    case .foreignKey: foreignKey(&sink)
    case .schemaIs: schemaIs(&sink)
    case .fresherThan: fresherThan(&sink)
    }
  }

  // MARK: Conditions under a name

  private func compared(_ sign: BinaryOperator, _ sink: inout DiagnosticSink) -> ReadRule {
    let (value, against) = (written.arguments[0], written.arguments[1])
    return rules.condition(Expr(.binary(sign, value, against), at: frame.range), frame, &sink)
  }

  private func range(_ sink: inout DiagnosticSink) -> ReadRule {
    let (value, low, high) = (written.arguments[0], written.arguments[1], written.arguments[2])
    let kind: Expr.Kind
    switch (low.kind, high.kind) {
    case (.literal(.missing), .literal(.missing)):
      sink.report(.badOption, "a range needs an end", at: frame.range, label: form.signature)
      return .failed
    case (.literal(.missing), _): kind = .binary(.lessOrEqual, value, high)
    case (_, .literal(.missing)): kind = .binary(.greaterOrEqual, value, low)
    default: kind = .binary(.contains, value, Expr(.range(low, high), at: low.range.union(high.range)))
    }
    return rules.condition(Expr(kind, at: frame.range), frame, &sink)
  }

  private func notMissing(_ sink: inout DiagnosticSink) -> ReadRule {
    guard let names = columns(written.arguments, &sink) else { return .failed }
    let tests = names.map { name in
      Expr(.binary(.notEqual, Expr(.name(name), at: frame.range), Expr(.literal(.missing))), at: frame.range)
    }
    guard let first = tests.first else { return reportNoColumns(&sink) }
    let all = tests.dropFirst().reduce(first) { Expr(.binary(.and, $0, $1), at: frame.range) }
    return rules.condition(all, frame, &sink)
  }

  // MARK: Rules of several rows

  private func unique(_ sink: inout DiagnosticSink) -> ReadRule {
    guard let names = columns(written.arguments, &sink) else { return .failed }
    return names.isEmpty ? reportNoColumns(&sink) : .known(PlannedRule(frame, UniqueTest(names)))
  }

  private func order(_ sink: inout DiagnosticSink) -> ReadRule {
    guard let name = column(written.arguments[0], &sink) else { return .failed }
    var isStrict = false
    for option in written.options where option.key.text == "strict" {
      guard let truth = rules.truth(option, &sink) else { return .failed }
      isStrict = truth
    }
    return .known(PlannedRule(frame, OrderTest(name, isFalling: form == .decreasing, isStrict: isStrict)))
  }

  private func foreignKey(_ sink: inout DiagnosticSink) -> ReadRule {
    guard let other = OtherTable.named(at: 0, of: alone(written.arguments[0]), ValidateVerb.description, &sink),
      let own = columns(Array(written.arguments.dropFirst()), &sink)
    else { return .failed }
    var theirs = own
    var place = written.arguments[1].range
    if let option = written.options.first(where: { $0.key.text == "key" }) {
      guard let names = call.columns(option.value, in: other.schema, &sink) else { return .failed }
      (theirs, place) = (names, option.value.range)
    } else if own.contains(where: { call.column(Name($0, at: place), in: other.schema, &sink) == nil }) {
      return .failed
    }
    guard own.count == theirs.count, !own.isEmpty else {
      sink.report(.badOption, "'key' names as many columns as the rule has", at: place, label: form.signature)
      return .failed
    }
    guard agree(own, theirs, other.schema, place, &sink) else { return .failed }
    let keys = theirs
    return .known(
      PlannedRule(frame, reach: .rows, columns: own, reads: other.reads) { context throws(EngineError) in
        let relation = try other.relation(context).relation
        let rows = try context.executor.rows(relation, context.progress).rows
        return ForeignKeyTest(own, in: rows, name: relation.name, columns: keys)
      })
  }

  /// Whether the keys can be equal; reports a pair that cannot.
  private func agree(
    _ own: [String], _ theirs: [String], _ other: RelationSchema, _ range: SourceRange, _ sink: inout DiagnosticSink
  ) -> Bool {
    for (name, key) in zip(own, theirs) {
      guard let left = schema.facts(of: name)?.type, let right = other.facts(of: key)?.type else { continue }
      if left == right || left.isNumeric && right.isNumeric { continue }
      sink.report(
        .wrongType, "'\(name)' is \(left.rawValue), and '\(key)' of \(other.name) is \(right.rawValue)", at: range,
        help: ["`cast` makes them of one type"])
      return false
    }
    return true
  }

  /// The call with one argument and no options, as whoever reads a table beside it takes it.
  private func alone(_ argument: Expr) -> VerbCall {
    VerbCall(
      verb: call.verb, range: call.range, arguments: [Argument(.positional(argument), at: argument.range)],
      options: Options(), optionRanges: [:], optionExpressions: [:], scope: call.scope, namedTypes: call.namedTypes,
      promisedFiles: call.promisedFiles)
  }

  // MARK: Rules of the table

  private func rowCount(_ sink: inout DiagnosticSink) -> ReadRule {
    var counts: [Int] = []
    for argument in written.arguments {
      guard let value = call.scalar(argument, &sink) else { return .failed }
      guard case .cell(.int(let count)) = value, count >= 0 else {
        sink.report(.badOption, "a number of rows is a whole one from 0 on, not \(value)", at: argument.range)
        return .failed
      }
      counts.append(Int(count))
    }
    guard let least = counts.first, let most = counts.last, least <= most else {
      sink.report(.badOption, "the second number is the greater one", at: frame.range, label: form.signature)
      return .failed
    }
    return .known(PlannedRule(frame, RowCountTest(least: least, most: most)))
  }

  private func sumClose(_ sink: inout DiagnosticSink) -> ReadRule {
    var tolerance = 0.0
    if written.arguments.count == 3 {
      guard let value = call.scalar(written.arguments[2], &sink) else { return .failed }
      guard case .cell(let cell) = value, let number = cell.number, number >= 0 else {
        sink.report(.badOption, "a tolerance is a number from 0 on, not \(value)", at: written.arguments[2].range)
        return .failed
      }
      tolerance = number
    }
    var sides: [Expression] = []
    var isOpen = false
    for argument in written.arguments.prefix(2) {
      switch call.expression(argument, in: schema, &sink) {
      case .failed: return .failed
      case .open: isOpen = true
      case .known(let side):
        guard side.type.isNumeric, !side.isFitted else {
          sink.report(
            .wrongType,
            "'sum_close' adds up the numbers of rows, and '\(ExpressionPrinter.text(argument))' is "
              + (side.isFitted ? "a statistic already" : side.type.rawValue), at: argument.range,
            help: side.isFitted ? ["as a condition: `abs(sum(x) - sum(y)) <= 0.01`"] : [])
          return .failed
        }
        sides.append(side)
      }
    }
    if isOpen { return .open }
    return .known(PlannedRule(frame, SumTest(sides[0], sides[1], tolerance: tolerance)))
  }

  private func schemaIs(_ sink: inout DiagnosticSink) -> ReadRule {
    guard let value = call.scalar(written.arguments[0], &sink) else { return .failed }
    guard case .cell(.text(let path)) = value, !path.isEmpty else {
      sink.report(.wrongType, "'schema_is' takes a path in quotes, not \(value)", at: written.arguments[0].range)
      return .failed
    }
    do throws(EngineError) {
      let place = try WorkingFolder.current.resolve(path)
      // A file that the script itself writes is not there yet.
      if !call.promises(path) { _ = try Self.schemaFile(path, at: place) }
      return .known(
        PlannedRule(frame, reach: .table, columns: [], reads: ReadFiles([place])) { context throws(EngineError) in
          SchemaTest(try Self.schemaFile(path, at: try context.folder.resolve(path)))
        })
    } catch {
      sink.report(error, at: written.arguments[0].range)
      return .failed
    }
  }

  private static func schemaFile(_ path: String, at place: String) throws(EngineError) -> SchemaFile {
    do throws(SourceError) { return try SchemaFile(path, at: place) } catch { throw EngineError(error) }
  }

  private func fresherThan(_ sink: inout DiagnosticSink) -> ReadRule {
    guard let name = column(written.arguments[0], &sink) else { return .failed }
    if let type = schema.facts(of: name)?.type, !type.isTemporal {
      sink.report(
        .wrongType, "'\(name)' is \(type.rawValue), and what is fresh is a date or a moment",
        at: written.arguments[0].range)
      return .failed
    }
    guard let age = WrittenSpan.seconds(written.arguments[1]).flatMap({ Int64(exactly: $0.rounded()) }), age >= 0 else {
      sink.report(
        .wrongType, "how old it may be is a span of time", at: written.arguments[1].range,
        label: "for example days(2), hours(6), minutes(30)")
      return .failed
    }
    var moment: Int64?
    for option in written.options where option.key.text == "at" {
      guard let at = call.scalar(option.value, &sink) else { return .failed }
      switch at {
      case .cell(.datetime(let microseconds)): moment = microseconds
      case .cell(.date(let days)): moment = FreshnessTest.midnight(of: days)
      default:
        sink.report(.wrongType, "'at' is a date or a moment, not \(at)", at: option.value.range)
        return .failed
      }
    }
    let stated = moment
    return .known(
      PlannedRule(frame, reach: .table, columns: [name], isOfTheMoment: stated == nil) { _ throws(EngineError) in
        FreshnessTest(name, age: age, before: stated ?? Moment.now.utc)
      })
  }

  // MARK: Columns

  private func columns(_ arguments: [Expr], _ sink: inout DiagnosticSink) -> [String]? {
    var names: [String] = []
    var isSound = true
    for argument in arguments {
      guard let found = call.columns(argument, in: schema, &sink) else {
        isSound = false
        continue
      }
      for name in found where !names.contains(name) { names.append(name) }
    }
    return isSound ? names : nil
  }

  private func column(_ argument: Expr, _ sink: inout DiagnosticSink) -> String? {
    guard let names = columns([argument], &sink) else { return nil }
    if names.count == 1 { return names[0] }
    sink.report(
      .wrongType, "'\(form.rawValue)' is about one column", at: argument.range, label: form.signature)
    return nil
  }

  private func reportNoColumns(_ sink: inout DiagnosticSink) -> ReadRule {
    sink.report(.missingArgument, "'\(form.rawValue)' chooses no column here", at: frame.range, label: form.signature)
    return .failed
  }
}
