import Descriptions
import Diagnostics
import Interpreter
import Language
import Plan
import Relational

/// `unpivot [jan, feb], name: month, value: sales`
enum UnpivotVerb: Verb {
  static let name = Parameter<String>("name", "The new column for the names", default: "name", .notEmpty)
  static let value = Parameter<String>("value", "The new column for the cells", default: "value", .notEmpty)
  static let dropMissing = Parameter<Bool>("drop_missing", "Leave out rows whose cell is missing", default: false)

  static let description = Description(
    name: "unpivot", summary: "Make a row of each cell of some columns", group: "Shape", signature: "Table → Table",
    details: [
      "The other columns stay beside each cell. The rows that a row makes follow each other, in the order in which the columns are named.",
      "The columns have one type, or ints beside floats, or dates beside moments; `cast` makes others alike.",
      "The result is a new table: a model that is trained on it takes its columns as they are.",
    ],
    positionals: [
      Positional(
        "columns", .columns, "names, lists or selectors: the columns that become rows", minimum: 1, maximum: nil)
    ],
    parameters: [name, value, dropMissing],
    examples: [
      Example("a measurement a row", "load iris\nunpivot numeric(), name: part, value: cm\nshow"),
      Example(
        "and its groups",
        "load penguins\nunpivot bill_length_mm, bill_depth_mm, name: part, value: mm, drop_missing: true\ngroup by: [species, part], n = count(), average = mean(mm)\nshow"
      ),
    ],
    otherNames: ["melt", "pivot_longer", "gather", "stack", "lengthen", "to_long"],
    otherOptions: [
      "names_to": "name", "var_name": "name", "variable_name": "name", "key": "name", "names": "name",
      "values_to": "value", "value_name": "value", "values": "value", "values_drop_na": "drop_missing",
      "drop_na": "drop_missing", "dropna": "drop_missing",
    ])
  static let subjects: Set<SubjectKind> = [.table]
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType {
    guard case .table(let schema) = subject else { return .unknown }
    return .table(RelationSchema(name: schema.name, isOpen: true))
  }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .table(let schema) = subject, let columns = call.columns(in: schema, &sink) else { return nil }
    if columns.isEmpty {
      sink.report(.missingArgument, "no column is chosen", at: call.range, label: "name the columns that become rows")
      return nil
    }
    let transform = Unpivot(
      columns, name: call.options.value(name, else: "name"), value: call.options.value(value, else: "value"),
      dropsMissing: call.options.value(dropMissing, else: false))
    return .transforming(by: transform, needs: .all, of: schema, words: call.wordsInFull(description), call, &sink)
  }
}
