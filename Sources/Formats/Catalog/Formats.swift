import Tables

/// Chooses a reader by a file's name.
public enum Formats {
  /// The source that reads `path` as the format named, else by its extension: csv, tsv, txt, each also with gz; `-` is delimited text
  /// on standard input. Another extension is the error `badFormat` that lists what can be read.
  public static func source(
    path: String, options: DelimitedOptions = DelimitedOptions(), format stated: String? = nil
  ) throws(SourceError) -> any TableSource {
    if path == "-" { return DelimitedSource(path: path, options: options) }
    switch stated ?? format(of: path) {
    case "csv", "tsv": return DelimitedSource(path: path, options: options)
    case let name:
      let known =
        "files that can be read: " + FormatCatalog.endings.joined(separator: ", ")
        + ", each also with .gz, and a model from .mlpkg"
      let words = name.map { "no reader for .\($0)" } ?? "the name has no extension that tells its format"
      throw SourceError(source: path, reason: .badFormat("\(words); \(known)"))
    }
  }

  /// The format that a file's name tells: that of the catalogue, else the extension as it is.
  public static func format(of path: String) -> String? {
    let ending = FileNames.plainExtension(path)
    return ending == "txt" ? "csv" : ending
  }
}
