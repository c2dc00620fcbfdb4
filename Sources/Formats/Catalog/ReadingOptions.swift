import Descriptions
import Tables

/// The options that every format of tables is read with.
public enum ReadingOptions {
  /// What becomes of a row that does not fit.
  public enum OnConflict: String, ChoiceValue { case stop, reject }

  public static let types = Parameter<StatedTypes>(
    "types", "Types by column, as in {id: text, joined: date}; the others are found from the first 64 KiB",
    otherwise: "found from the data")
  public static let rows = Parameter<Int>(
    "rows", "How many rows to read at most", otherwise: "all of them", .atLeast(0))
  public static let columns = Parameter<[String]>("columns", "The columns to keep", otherwise: "all of them")
  public static let rejects = Parameter<String>(
    "rejects", "A CSV file that keeps rows which do not fit, with line, column and reason",
    otherwise: "a row that does not fit stops the reading", .notEmpty, meaning: .file(.rows))
  public static let onConflict = Parameter<OnConflict>(
    "on_conflict", "What becomes of a row that does not fit", default: .stop)

  public static let file = Parameter<String>(
    "file", "A column, called so, that tells which file each row comes from", otherwise: "none", .notEmpty)
  public static let schema = Parameter<SchemaUse>(
    "schema",
    "A file of the columns' names and types: `locked(\"x.schema.json\")` lets no others in, `save(…)` writes it",
    otherwise: "none")

  public static let all: [any AnyParameter] = [types, rows, columns, rejects, onConflict, file, schema]

  /// Words of other tools for them.
  public static let otherOptions = [
    "dtype": "types", "nrows": "rows", "usecols": "columns", "filename": "file", "include_file_paths": "file",
  ]
}

/// Types of columns by name, as written: `{id: text, joined: date}`.
public struct StatedTypes: ParameterValue, Hashable {
  public let fields: [Field]

  public static let typeName =
    "a record of types (bool, int, float, text, date, datetime), as in {id: text, joined: date}"

  public static func read(_ raw: RawValue) -> StatedTypes? {
    guard case .record(let written) = raw else { return nil }
    let fields = written.compactMap { field in
      field.value.string.flatMap(ColumnType.init(rawValue:)).map { Field(field.name, $0) }
    }
    guard fields.count == written.count, !fields.contains(where: { $0.type == .vector }) else { return nil }
    return StatedTypes(fields: fields)
  }

  public var raw: RawValue { .record(fields.map { RawField($0.name, .word($0.type.rawValue)) }) }

  /// By name; of a column that is named twice the last counts.
  public var byName: [String: ColumnType] {
    Dictionary(fields.map { ($0.name, $0.type) }, uniquingKeysWith: { _, last in last })
  }
}
