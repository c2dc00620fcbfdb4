import Descriptions
import Diagnostics
import Display
import Formats
import Glibc
import Interpreter
import Kernels
import Language
import Plan
import Tables

/// `load "people.csv"` or `load titanic`
enum LoadVerb: Verb {
  static let format = Parameter<String>(
    "format", "The format of the file", otherwise: "found from its name", .oneOf(FormatCatalog.readable))
  static let union = Parameter<Bool>("union", "Whether files of a glob may have different columns", default: false)

  static let description = Description(
    name: "load", summary: "Read a table from files or a built-in data set, or a model from its package", group: "Get",
    signature: "→ Table · → Model",
    details: [
      "A text in quotes is a path; `*` and `?` in it stand for several files of the same columns. A bare name is a let or param that holds a text, else a built-in data set.",
      "A file's name tells its format, and the options of the format may be given too: `load \"people.csv\", header: false`. `help formats` lists them.",
      "`load \"m.mlpkg\"` gives the model that `export` packed. It has no rows of its own: `predict`, `export` and `serve` work on it; `eval`, `test` and `explain`, which need a split, do not.",
      "Built-in: `load iris`, `wine`, `breast_cancer`, `digits`, `diabetes`, `penguins`, `diamonds`, `titanic`, `seattle_weather`.",
    ],
    positionals: [Positional("source", .source, "paths or the name of a data set", minimum: 1, maximum: nil)],
    parameters: [format, union] + ReadingOptions.all + [WrittenFile.replace],
    examples: [
      Example("a built-in set", "load titanic\nshow"),
      Example("with a type", "load penguins, types: {year: text}\nschema"),
    ],
    otherNames: ["read", "read_csv", "read_json", "open", "import", "from"], otherOptions: ReadingOptions.otherOptions)
  static let subjects: Set<SubjectKind> = [.nothing]

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType { .unknown }

  static func companions(of arguments: [Argument]) -> [Description] { FormatCatalog.companions(of: arguments) }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    if let package = package(call) { return plan(package, call, &sink) }
    guard let files = files(call, &sink) else { return nil }
    let full = call.wordsInFull(description)
    let rejects = call.written(ReadingOptions.rejects)
    guard let files = files.known else {
      let open = RelationSchema(name: files.name, isOpen: true)
      let reads = ReadFiles(files.promised)
      return PlannedStage(result: .table(open), words: full, writes: rejects, reads: reads) {
        _, _ throws(EngineError) in
        throw EngineError(.file(.absent))
      }
    }
    let reads = ReadFiles(files)
    do throws(SourceError) {
      let readers = try readers(files, call)
      guard takeOptions(readers, call, description, &sink) else { return nil }
      let source = source(files, readers, ReadingRequest(call.options), call)
      let declared = try source.declaredSchema()
      let reading = ReadingID(start: call.range.start, end: call.range.end)
      let relation = Relation(source: source, declared: declared, reading: reading)
      let words = readers.first.map { call.wordsInFull(description, $0.description) } ?? full
      return PlannedStage(result: .table(relation.schema), words: words, writes: rejects, reads: reads) {
        _, context throws(EngineError) in
        // A source is read anew for each run: the file may have changed since it was checked.
        // Which rows are set aside may depend on any column, and their file is written once.
        let plan = rejects.isEmpty ? context.readings[reading] ?? .whole : .whole
        let relation = Relation(source: source, declared: declared, reading: reading, plan: plan)
        let (settled, collected) = try relation.settled(context)
        return Outcome(
          .table(settled),
          [.notes([size(of: collected.rows, relation)] + collected.notes.map { Note($0.words) })])
      }
    } catch {
      var diagnostic = Diagnostic(error, at: call.positionals.first?.range ?? call.range)
      if diagnostic.label == nil, let set = dataSet(meantBy: error, call) {
        diagnostic.rewrite = Rewrite(diagnostic.range ?? call.range, set)
        diagnostic.label = "write \(set): it is a built-in set"
      }
      sink.report(diagnostic)
      return nil
    }
  }

  /// The built-in set of the name of a file that is not there, or that has no ending.
  private static func dataSet(meantBy error: SourceError, _ call: VerbCall) -> String? {
    switch error.reason {
    case .file(let failure) where failure.reason == .notFound: break
    case .badFormat where FileName.plainExtension(error.source) == nil: break
    default: return nil
    }
    let name = FileName.stem(error.source)
    return call.positionals.count == 1 && StandardLibrary.dataSet(name) != nil ? name : nil
  }

  /// A table's size in words: `iris: 150 rows × 5 columns`.
  static func size(of rows: Rows, _ name: String) -> Note {
    Note("\(name): \(counted(rows.rowCount, "row")) × \(counted(rows.columns.count, "column"))")
  }

  /// The same, and how many of its columns were read where that is not all.
  static func size(of rows: Rows, _ relation: Relation) -> Note {
    let count = rows.columns.count
    let columns = max(relation.schema.names.count, count)
    let read = count < columns ? ", \(count) read" : ""
    return Note("\(relation.name): \(counted(rows.rowCount, "row")) × \(counted(columns, "column"))\(read)")
  }

  /// What the positional arguments of a call name.
  struct NamedFiles {
    /// nil while a file is made earlier in the script, or its name is known only when the script runs.
    let known: [String]?
    /// Those that are made earlier in the script.
    let promised: [String]
    let name: String
  }

  /// The files that a call names, or that one of its arguments does; nil after an error, which is reported.
  static func files(_ call: VerbCall, at place: Int? = nil, _ sink: inout DiagnosticSink) -> NamedFiles? {
    var paths: [String] = []
    var promised: [String] = []
    var isOpen = false
    for place in place.map({ $0..<$0 + 1 }) ?? call.positionals.indices {
      switch path(at: place, call, &sink) {
      case .failed: return nil
      case .later: isOpen = true
      case .promised(let path):
        isOpen = true
        promised.append(path)
      case .paths(let found): paths += found
      }
    }
    return NamedFiles(
      known: isOpen || paths.isEmpty ? nil : paths, promised: promised,
      name: paths.first.map(FileName.stem) ?? "data")
  }

  private enum Found {
    case paths([String])
    /// Made earlier in the script.
    case promised(String)
    /// Known only when the script runs.
    case later
    case failed
  }

  private static func path(at place: Int, _ call: VerbCall, _ sink: inout DiagnosticSink) -> Found {
    let written = call.positionals[place]
    if case .name(let name) = written.kind, call.scope[name] == nil {
      if let file = StandardLibrary.dataSet(name) { return .paths([file]) }
      let known = StandardLibrary.dataSets
      sink.report(
        .unknownName, "no built-in data set '\(name)'", at: written.range, label: NearestName.hint(name, in: known),
        help: [
          known.isEmpty
            ? "the folder of built-in sets was not found: MLP_STDLIB names it"
            : "built-in: " + known.joined(separator: ", "),
          "a file stands in quotes: \(call.verb.text) \"\(name).csv\"",
        ])
      return .failed
    }
    let errors = sink.diagnostics.count
    guard let text = call.text(at: place, &sink) else {
      return sink.diagnostics.count > errors ? .failed : .later
    }
    do throws(EngineError) {
      let path = try WorkingFolder.current.resolve(text)
      if call.promises(text) { return .promised(path) }
      if let planned = PlannedWords.hint(address: text) {
        sink.report(.badFormat, planned, at: written.range)
        return .failed
      }
      if text.contains(where: { "*?[".contains($0) }) { return matching(path, text, at: written.range, &sink) }
      return .paths([path])
    } catch {
      sink.report(error, at: written.range)
      return .failed
    }
  }

  private static func matching(
    _ pattern: String, _ text: String, at range: SourceRange, _ sink: inout DiagnosticSink
  ) -> Found {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else {
      sink.report(.fileNotFound, "no file matches '\(text)'", at: range)
      return .failed
    }
    return .paths((0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } })
  }

  /// The readers of a call's files, one a file.
  static func readers(_ paths: [String], _ call: VerbCall) throws(SourceError) -> [any TableReading.Type] {
    var readers: [any TableReading.Type] = []
    for path in paths { readers.append(try FormatCatalog.tableReader(path, stated: call.options[format])) }
    return readers
  }

  /// Whether every option of the call is the verb's or that of each format; reports one that is not.
  static func takeOptions(
    _ readers: [any TableReading.Type], _ call: VerbCall, _ verb: Description, _ sink: inout DiagnosticSink
  ) -> Bool {
    for option in call.options.values.keys.sorted() where verb.parameter(option) == nil {
      guard let other = readers.first(where: { $0.description.parameter(option) == nil }) else { continue }
      sink.report(.unknownOption, "'\(other.name)' has no option '\(option)'", at: call.optionRanges[option])
      return false
    }
    return true
  }

  /// The source of a call's files.
  static func source(
    _ paths: [String], _ readers: [any TableReading.Type], _ request: ReadingRequest, _ call: VerbCall
  ) -> any TableSource {
    source(paths, readers, request, union: call.options[union] ?? false)
  }

  /// The source of files, which may have different columns with `union`.
  static func source(
    _ paths: [String], _ readers: [any TableReading.Type], _ request: ReadingRequest, union: Bool
  ) -> any TableSource {
    let parts = zip(paths, readers).map { $1.source($0, request) }
    return parts.count == 1 ? parts[0] : ConcatenatedSource(parts, paths: paths, union: union)
  }
}
