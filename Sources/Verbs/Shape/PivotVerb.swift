import Descriptions
import Diagnostics
import Expressions
import Interpreter
import Language
import Notation
import Plan
import Relational
import Tables

/// `pivot names: month, values: sales, by: shop, using: sum`
enum PivotVerb: Verb {
  enum Using: String, ChoiceValue {
    case sum, mean, median, min, max, count, first, last, mode, sd
    case countDistinct = "count_distinct"
  }

  static let names = Parameter<String>(
    "names", "The column whose values become columns", otherwise: "it has to be given", meaning: .column)
  static let values = Parameter<[String]>(
    "values", "The column, or several, whose cells stand in them", otherwise: "it has to be given", meaning: .column)
  static let by = Parameter<[String]>(
    "by", "Columns that stay: a row for each of their values", otherwise: "all other columns", meaning: .column)
  static let using = Parameter<Using>(
    "using", "The statistic of rows that share a cell", otherwise: "there is one row at most, or it is an error")
  static let valuesOf = Parameter<[Descriptions.RawValue]>(
    "values_of", "The values that become columns, in this order", otherwise: "all, in the order of their first rows",
    .notEmpty)
  static let fill = Parameter<Descriptions.RawValue>("fill", "What stands where there is no row", otherwise: "missing")
  static let prefix = Parameter<String>("prefix", "What the new names begin with", default: "")

  static let description = Description(
    name: "pivot", summary: "Make a column of each value of a column", group: "Shape", signature: "Table → Table",
    details: [
      "A row of the result is a group of rows that agree in the columns of `by:`; the cells of `values:` go into the columns that are named by the values of `names:`, with several columns of values as `VALUES_NAME`. Rows and columns stand in the order of their first rows. Rows without a name are left out, and that is said.",
      "Which columns there will be is known when the rows are there; `values_of:` states them, so that the rest of a script is checked. More than \(Pivot.mostColumns) are an error.",
      "The result is a new table: a model that is trained on it takes its columns as they are.",
    ],
    parameters: [names, values, by, using, valuesOf, fill, prefix],
    examples: [
      Example(
        "counts in two directions",
        "load titanic\ngroup by: [class, sex], n = count()\npivot names: sex, values: n, by: class\nshow"),
      Example(
        "means of cells, columns that are stated",
        "load penguins\npivot names: sex, values: body_mass_g, by: species, using: mean, values_of: [\"male\", \"female\"]\nderive ratio = male / female\nshow"
      ),
    ],
    otherNames: ["pivot_wider", "pivot_table", "crosstab", "dcast", "spread", "widen", "unstack", "to_wide"],
    otherOptions: [
      "names_from": "names", "columns": "names", "on": "names", "key": "names", "values_from": "values",
      "value": "values", "id_cols": "by", "index": "by", "id_vars": "by", "rows": "by", "group_by": "by",
      "values_fn": "using", "aggfunc": "using", "aggregate_function": "using", "fun": "using", "agg": "using",
      "values_fill": "fill", "fill_value": "fill", "names_prefix": "prefix", "categories": "values_of",
    ])
  static let subjects: Set<SubjectKind> = [.table]
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType {
    guard case .table(let schema) = subject else { return .unknown }
    return .table(RelationSchema(name: schema.name, isOpen: true))
  }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .table(let schema) = subject, areGiven(call, &sink) else { return nil }
    let values = call.columns(option: values.name, in: schema, &sink)
    let given = call.columns(option: by.name, in: schema, &sink)
    guard let name = call.column(option: names.name, in: schema, &sink), let values, let given else { return nil }
    let others = schema.names.filter { $0 != name && !values.contains($0) }
    if !call.options.has(Self.by), schema.isOpen {
      return call.open(.table(RelationSchema(name: schema.name, isOpen: true)))
    }
    let by = call.options.has(Self.by) ? given : others
    guard areApart(name, values, by, schema, call, &sink), let using = aggregate(values, schema, call, &sink),
      let stated = stated(schema.facts(of: name)?.type, call, &sink), let fill = filling(call, &sink)
    else { return nil }
    let transform = Pivot(
      names: name, values: values, by: by, using: using, stated: stated, fill: fill,
      prefix: call.options.value(prefix, else: ""))
    return .transforming(
      by: transform, needs: .columns(transform.reads), of: schema, words: call.wordsInFull(description), call, &sink)
  }

  private static func areGiven(_ call: VerbCall, _ sink: inout DiagnosticSink) -> Bool {
    let lacking = [names.name, values.name].filter { call.optionRanges[$0] == nil }
    if lacking.isEmpty { return call.options.has(names) && call.options.has(values) }
    sink.report(
      .missingArgument, "'pivot' needs \(lacking.map { "'\($0):'" }.joined(separator: " and "))", at: call.range,
      label: "for example pivot names: month, values: sales, by: shop")
    return false
  }

  /// Whether no column has two parts, and none is a vector; reports one.
  private static func areApart(
    _ name: String, _ values: [String], _ by: [String], _ schema: RelationSchema, _ call: VerbCall,
    _ sink: inout DiagnosticSink
  ) -> Bool {
    if by.contains(name) {
      sink.report(.badOption, "'\(name)' becomes columns and cannot stay", at: call.optionRanges[self.by.name])
      return false
    }
    if let vector = ([name] + values + by).first(where: { schema.facts(of: $0)?.type == .vector }) {
      sink.report(.wrongType, "'\(vector)' is a vector", at: call.range, help: ["pivot before it is encoded"])
      return false
    }
    return true
  }

  /// The statistic, nil for none; nil altogether after reporting that it does not take the values.
  private static func aggregate(
    _ values: [String], _ schema: RelationSchema, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> Aggregate?? {
    guard let using = call.options[using], let aggregate = Aggregate.named(using.rawValue) else { return .some(nil) }
    for value in values {
      guard let type = schema.facts(of: value)?.type, aggregate.result([type]) == nil else { continue }
      sink.report(
        .wrongType, "'\(value)' is \(type.rawValue), which has no \(using.rawValue)",
        at: call.optionRanges[self.using.name],
        help: ["first, last, mode, count and count_distinct are of every type"])
      return nil
    }
    return .some(aggregate)
  }

  /// The values that are stated, as cells of the column's type; nil altogether after reporting one that is none.
  private static func stated(
    _ type: ColumnType?, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> [Tables.Cell]?? {
    guard let raw = call.options[valuesOf] else { return .some(nil) }
    var cells: [Tables.Cell] = []
    for value in raw {
      guard let cell = value.cell, cell != .missing else {
        sink.report(.badOption, "'values_of' takes values, not \(value)", at: call.optionRanges[valuesOf.name])
        return nil
      }
      let typed = type == .float ? cell.number.map(Tables.Cell.float) ?? cell : cell
      if let type, typed.type != type {
        let hint = type == .text ? "in quotes: \"\(cell)\"" : nil
        sink.report(
          .wrongType, "'values_of' has \(cell.scriptText), and the values are \(type.rawValue)",
          at: call.optionRanges[valuesOf.name], label: hint)
        return nil
      }
      cells.append(typed)
    }
    return .some(cells)
  }

  private static func filling(_ call: VerbCall, _ sink: inout DiagnosticSink) -> Tables.Cell?? {
    guard let raw = call.options[fill], raw != .missing else { return .some(nil) }
    if case .word(let word) = raw {
      sink.report(
        .badOption, "'fill' takes a value", at: call.optionRanges[fill.name],
        label: "a text stands in quotes: \"\(word)\"")
      return nil
    }
    guard let cell = raw.cell else {
      sink.report(.badOption, "'fill' takes a value, not \(raw)", at: call.optionRanges[fill.name])
      return nil
    }
    return .some(cell)
  }
}
