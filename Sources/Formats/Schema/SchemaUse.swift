import Descriptions

/// What is done with a file of column names and types: `locked("x.schema.json")`, `save("x.schema.json")`.
public enum SchemaUse: ParameterValue, Hashable {
  /// Nothing but its columns is let in.
  case locked(String)
  /// It is written from what was read.
  case save(String)

  public static let typeName = "`locked(\"x.schema.json\")` or `save(\"x.schema.json\")`"

  /// A text alone is a schema that is locked.
  public static func read(_ raw: RawValue) -> SchemaUse? {
    switch raw {
    case .text(let path) where !path.isEmpty: .locked(path)
    case .call("locked", let values, let options) where options.isEmpty: path(values).map(SchemaUse.locked)
    case .call("save", let values, let options) where options.isEmpty: path(values).map(SchemaUse.save)
    default: nil
    }
  }

  private static func path(_ values: [RawValue]) -> String? {
    guard values.count == 1, case .text(let path)? = values.first, !path.isEmpty else { return nil }
    return path
  }

  public var raw: RawValue {
    switch self {
    case .locked(let path): .call("locked", [.text(path)], [])
    case .save(let path): .call("save", [.text(path)], [])
    }
  }
}
