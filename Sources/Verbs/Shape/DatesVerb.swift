import Descriptions
import Diagnostics
import Expressions
import Interpreter
import Language
import Notation
import Plan
import Tables

/// `dates joined, cyclic: true`
enum DatesVerb: Verb {
  static let parts = Parameter<[DatePart]>(
    "parts", "Which parts", otherwise: "year, month, day, weekday and, of a datetime, hour", .notEmpty)
  static let cyclic = Parameter<Bool>(
    "cyclic", "Add the sine and cosine of parts that begin anew: of month, weekday, hour and others", default: false)
  static let since = Parameter<Descriptions.RawValue>(
    "since", "Add NAME_days, the days since a date, or since that of a column", otherwise: "no such column",
    meaning: .column)
  static let keep = Parameter<Bool>("keep", "Keep the column itself", default: true)

  static let description = Description(
    name: "dates", summary: "Make columns of the parts of dates", group: "Shape",
    signature: "Table → Table · Split → Split",
    details: [
      "`dates joined` makes `joined_year`, `joined_month` and so on, each what `derive joined_month = month(joined)` would be; weekdays count from Monday, 1, and weeks as in ISO 8601.",
      "`cyclic: true` adds `joined_month_sin` and `joined_month_cos`, by which December is as near to January as to November.",
    ],
    positionals: [Positional("columns", .columns, "columns of dates or datetimes", minimum: 1, maximum: nil)],
    parameters: [parts, cyclic, since, keep],
    examples: [
      Example(
        "parts", "load penguins\nderive seen = make_date(year, 11, 20)\ndates seen, keep: false\nshow"),
      Example(
        "a cycle, and a distance",
        "load penguins\nderive seen = make_date(year, 11, 20)\ndates seen, parts: [month], cyclic: true, since: @2007-01-01\nshow"
      ),
    ],
    otherNames: ["step_date", "date_parts", "datepart", "date_features", "add_datepart", "DatetimeFeatures"],
    otherOptions: [
      "features": "parts", "features_to_extract": "parts", "cyclical": "cyclic", "keep_original_cols": "keep",
    ])
  static let subjects: Set<SubjectKind> = [.table, .split]

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType {
    let columns = arguments.compactMap { if case .positional(let value) = $0.kind { value.dottedName } else { nil } }
    return subject.naming(columns.flatMap { column in DatePart.allCases.map { "\(column)_\($0.rawValue)" } })
  }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let columns = call.columns(in: schema, &sink) else { return nil }
    var derived: [Derive] = []
    for column in columns {
      guard let type = schema.facts(of: column)?.type else { return call.open(subject) }
      guard let made = steps(of: column, type, call, schema, &sink) else { return nil }
      derived += made
    }
    var taken = Set(schema.names)
    for step in derived where !taken.insert(step.name).inserted {
      sink.report(EngineError(.column(.taken(step.name))), at: call.range)
      return nil
    }
    var steps = derived.map { Step.feature($0) }
    if !call.options.value(keep, else: true) { steps.append(.drop(columns)) }
    return .recording(steps, on: subject, call, &sink)
  }

  private static func steps(
    of column: String, _ type: ColumnType, _ call: VerbCall, _ schema: RelationSchema, _ sink: inout DiagnosticSink
  ) -> [Derive]? {
    guard type.isTemporal else {
      sink.report(
        .wrongType, "'\(column)' is \(type.rawValue), and has no parts of a date", at: call.range,
        help: type == .text
          ? ["\(ScriptText.code("fix \(ScriptText.name(column)) = date")) reads dates in texts"] : [])
      return nil
    }
    let wanted = call.options[parts] ?? DatePart.usual(of: type)
    if type == .date, let part = wanted.first(where: \.isOfTheDay) {
      sink.report(
        .badOption, "'\(column)' is a date and has no \(part.rawValue)", at: call.optionRanges[parts.name] ?? call.range
      )
      return nil
    }
    let date = Expression.column(column, type)
    var steps = wanted.map { Derive("\(column)_\($0.rawValue)", $0.value(of: date)) }
    if call.options.value(cyclic, else: false) {
      for part in wanted {
        for (name, value) in part.cycle(of: date) { steps.append(Derive("\(column)_\(part.rawValue)_\(name)", value)) }
      }
    }
    guard call.options.has(since) else { return steps }
    guard let start = start(call, schema, &sink) else { return nil }
    return steps + [Derive("\(column)_days", .call(.days, [start, date]))]
  }

  /// What days are counted from; nil after reporting.
  private static func start(
    _ call: VerbCall, _ schema: RelationSchema, _ sink: inout DiagnosticSink
  ) -> Expression? {
    let range = call.optionRanges[since.name] ?? call.range
    switch call.options[since] {
    case .date(let days)?: return .literal(.date(days))
    case .datetime(let moment)?: return .literal(.datetime(moment))
    case .word(let name)?:
      guard let column = call.column(Name(name, at: range), in: schema, &sink) else { return nil }
      if let type = schema.facts(of: column)?.type, type.isTemporal { return .column(column, type) }
    case nil, _?: break
    }
    sink.report(
      .badOption, "'since' takes a date or a column of dates", at: range, label: "as in since: @2026-01-01")
    return nil
  }
}
