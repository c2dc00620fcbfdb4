import Arrow
import Descriptions
import Formats
import Interpreter
import Language
import Packaging
import Parquet
import Spreadsheets
import Tables

/// Every file format: one line each. What reads, writes, helps and completes asks only here.
public enum FormatCatalog {
  public static let all: [any FileFormat.Type] = [
    CSVFormat.self,
    TSVFormat.self,
    JSONLinesFormat.self,
    ParquetFormat.self,
    ArrowFormat.self,
    ArrowStreamFormat.self,
    ARFFFormat.self,
    LibSVMFormat.self,
    XLSXFormat.self,
    MlpkgFormat.self,
    OnnxFormat.self,
    HTMLFormat.self,
    MarkdownFormat.self,
    JSONFormat.self,
  ]

  static func named(_ name: String) -> (any FileFormat.Type)? { all.first { $0.name == name } }

  /// The format that a file's name tells, standard input being csv; nil where it tells none, or one that is not
  /// compressed as this is.
  static func format(of path: String) -> (any FileFormat.Type)? {
    if path == "-" { return CSVFormat.self }
    guard let ending = FileName.plainExtension(path) else { return nil }
    return all.first { $0.endings.contains(ending) && ($0.isCompressible || Compression(path: path) == nil) }
  }

  /// The ending of scripts, which are no format.
  private static let scriptEnding = "mlp"

  /// Whether a file of that name is one for that use, as far as its name tells.
  public static func suits(_ path: String, _ use: FileUse) -> Bool {
    let format = format(of: path)
    switch use {
    case .read: return format is any TableReading.Type || format is any ModelReading.Type
    case .write: return format.map(isWritable) ?? false
    case .rows: return format is any TableWriting.Type
    case .script: return FileName.plainExtension(path) == scriptEnding
    case .any: return true
    }
  }

  static func isWritable(_ format: any FileFormat.Type) -> Bool {
    format is any TableWriting.Type || format is any ModelWriting.Type || format is any ReportWriting.Type
      || format is any FigureWriting.Type
  }

  /// The endings of the files that a kind of value can be written to: of its own formats, then of reports.
  public static func endings(of kind: SubjectKind) -> [String] {
    let own: [any FileFormat.Type] =
      switch kind {
      case .table, .split: all.filter { $0 is any TableWriting.Type }
      case .model, .service: all.filter { $0 is any ModelWriting.Type }.reversed()
      case .nothing, .scalar: []
      }
    return (own + all.filter { $0 is any ReportWriting.Type }).compactMap { $0.endings.first }
  }

  /// The format that is another tool's word for a file's ending: `.pkl`, say.
  static func format(otherwiseCalled ending: String) -> (any FileFormat.Type)? {
    all.first { $0.description.otherNames.contains(ending) }
  }

  /// The names of those that `load` takes.
  static let readable = all.filter { $0 is any TableReading.Type || $0 is any ModelReading.Type }.map { $0.name }

  private static let tables = all.compactMap { $0 as? any TableReading.Type }

  /// The reader of the rows at `path`: of the format stated, else of that which the name tells; standard input is csv
  /// unless another is stated. Throws `badFormat`, which lists what can be read.
  static func tableReader(_ path: String, stated: String?) throws(SourceError) -> any TableReading.Type {
    let format = stated.flatMap(named) ?? format(of: path)
    if let reader = format as? any TableReading.Type { return reader }
    let models = all.filter { $0 is any ModelReading.Type }
    let plain = tables.filter { !$0.isCompressible }
    let known =
      endings(tables.filter { $0.isCompressible }) + ", each also with \(Compression.listed), " + endings(plain)
      + ", and a model from " + endings(models)
    let ending = FileName.plainExtension(path)
    if let words = ending.flatMap(OtherWorkbook.words) { throw SourceError(source: path, reason: .badFormat(words)) }
    let compressed = Compression(path: path).map { ".\($0.rawValue)" } ?? ""
    let words = ending.map { "no reader for .\($0)\(compressed)" }
    throw SourceError(
      source: path,
      reason: .badFormat(
        "\(words ?? "the name has no extension that tells its format"); files that can be read: \(known)"))
  }

  private static func endings(_ formats: [any FileFormat.Type]) -> String {
    formats.flatMap { $0.endings.map { ".\($0)" } }.joined(separator: ", ")
  }

  /// What can be written, by what it is written of, for help.
  static let writable: [String] = {
    let written = all.filter { $0 is any TableWriting.Type }
    let ways: [(words: String, formats: [any FileFormat.Type], end: String)] = [
      ("a model", all.filter { $0 is any ModelWriting.Type }, ""),
      ("a table", written.filter { $0.isCompressible }, ", also with \(Compression.listed)"),
      ("a table, never compressed again", written.filter { !$0.isCompressible }, ""),
      ("a report of anything", all.filter { $0 is any ReportWriting.Type }, ""),
      ("a look as data", all.filter { $0 is any FigureWriting.Type }, ""),
      (
        "the first figures of a look at a model", written.filter { !($0 is any FigureWriting.Type) }, ""
      ),
    ]
    return ways.map { way in
      "\(way.words): " + way.formats.compactMap { $0.endings.first.map { ".\($0)" } }.joined(separator: ", ") + way.end
    }
  }()

  /// A format with the options that its files are written with; nil where it has none.
  static func written(_ format: any TableWriting.Type) -> Description? {
    if format.writtenOptions.isEmpty { return nil }
    let own = format.description
    return Description(name: own.name, summary: own.summary, group: own.group, parameters: format.writtenOptions)
  }

  /// The formats whose options the arguments of a stage that writes may give: of the file that a path names.
  static func writers(of arguments: [Argument]) -> [Description] {
    arguments.compactMap { argument in
      guard case .positional(let value) = argument.kind, case .literal(.text(let path)) = value.kind else { return nil }
      return (format(of: path) as? any TableWriting.Type).flatMap(written)
    }
  }

  /// The formats whose options the arguments of a stage may give: of the one that is stated, else of those that the
  /// paths tell. A name may stand for any file, and then it is every reader of tables.
  static func companions(of arguments: [Argument]) -> [Description] {
    var found: [any FileFormat.Type] = []
    var isOpen = false
    for argument in arguments {
      switch argument.kind {
      case .option(let name, let value) where name.text == LoadVerb.format.name:
        let stated = word(value).flatMap(named)
        return stated.map { [$0.description] } ?? tables.map { $0.description }
      case .positional(let value):
        guard case .literal(.text(let path)) = value.kind, let format = format(of: path) else {
          isOpen = true
          continue
        }
        if !found.contains(where: { $0 == format }) { found.append(format) }
      case .assignment, .option: continue
      }
    }
    return isOpen || found.isEmpty ? tables.map { $0.description } : found.map { $0.description }
  }

  private static func word(_ value: Expr) -> String? {
    switch value.kind {
    case .name(let name), .literal(.text(let name)): name
    default: nil
    }
  }
}
