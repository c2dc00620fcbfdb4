import Tables

/// Chooses a reader by a file's name.
public enum Formats {
  /// The source that reads `path`, by its extension: csv, tsv, txt, each also with gz; `-` is delimited text on standard
  /// input. Another extension is the error `badFormat` that lists what can be read.
  public static func source(
    path: String, options: DelimitedOptions = DelimitedOptions()
  ) throws(SourceError) -> any TableSource {
    if path == "-" { return DelimitedSource(path: path, options: options) }
    switch FileNames.plainExtension(path) {
    case "csv", "tsv", "txt": return DelimitedSource(path: path, options: options)
    case let ending:
      let known = "files that can be read: " + FormatCatalog.endings.joined(separator: ", ") + ", each also with .gz"
      let words = ending.map { "no reader for .\($0)" } ?? "the name has no extension that tells its format"
      throw SourceError(source: path, reason: .badFormat("\(words); \(known)"))
    }
  }
}
