import Descriptions

/// The formats there are, for help, completion and the reference.
public enum FormatCatalog {
  public static let all: [Description] = [CSVFormat.description, TSVFormat.description, MlpkgFormat.description]

  /// The file name endings of tables that can be read, in the order of the catalogue.
  public static let endings = [".csv", ".tsv", ".txt"]

  public static func description(_ name: String) -> Description? { all.first { $0.name == name } }
}
