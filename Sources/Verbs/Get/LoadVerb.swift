import Descriptions
import Diagnostics
import Display
import Formats
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
    name: "load", summary: "Read a table from files, a database or a built-in data set, or a model from its package",
    group: "Get",
    signature: "→ Table · → Model",
    details: [
      "A text in quotes is a path; `*` and `?` in it stand for several files of the same columns. A bare name is a let or param that holds a text, else a built-in data set. `\"-\"` is standard input.",
      "A folder stands for the files of one format in it and in the folders below it, in the order of their paths, without those whose names begin with a point or an underscore. `file: origin` adds a column `origin` with the path of the file that each row comes from.",
      "An address leads to a database or another machine: `\"sqlite:shop.db#orders\"`, `\"postgres://ann@host/shop#orders\"`, `\"https://host/x.csv\"`. `help places` lists them. What is not on this machine is looked at only when the script runs: its columns are not known before, unless `columns:` names them.",
      "`schema: save(\"x.schema.json\")` writes the names and types of the columns that were read, as a Table Schema. `schema: locked(\"x.schema.json\")` lets only those in, and reads them as these types: a column more, less or of another type is an error, where it can be told before the script runs, and the script is checked by them.",
      "A file's name tells its format, and the options of the format may be given too: `load \"people.csv\", header: false`. `help formats` lists them.",
      "`load \"m.mlpkg\"` gives the model that `export` packed. It has no rows of its own: `predict`, `export` and `serve` work on it; `eval`, `test` and `explain`, which need a split, do not. `load \"model:churn@champion\"` gives one that `publish` put into a registry: `model:churn` is its newest version, `model:churn@3` the third.",
      "Built-in: `load iris`, `wine`, `breast_cancer`, `digits`, `diabetes`, `penguins`, `diamonds`, `titanic`, `seattle_weather`.",
    ],
    positionals: [
      Positional("source", .source, "paths, addresses or the name of a data set", minimum: 1, maximum: nil)
    ],
    parameters: [format, union] + ReadingOptions.all + [WrittenFile.replace, RegistryPlace.option],
    examples: [
      Example("a built-in set", "load titanic\nshow"),
      Example("with a type", "load penguins, types: {year: text}\nschema"),
      Example(
        "with the columns of a schema and no others",
        "load penguins, schema: save(\"penguins_schema.json\")\nexport \"birds.csv\"\nload \"birds.csv\", schema: locked(\"penguins_schema.json\")"
      ),
    ],
    otherNames: ["read", "read_csv", "read_json", "open", "import", "from"], otherOptions: ReadingOptions.otherOptions)
  static let subjects: Set<SubjectKind> = [.nothing]

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType { .unknown }

  static func companions(of arguments: [Argument]) -> [Description] { FormatCatalog.companions(of: arguments) }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    if let place = publishedPlace(call) { return planPublished(at: place, call, &sink) }
    if let package = package(call) { return plan(package, call, &sink) }
    guard let refused = call.optionRanges[RegistryPlace.option.name] else { return planTable(call, &sink) }
    sink.report(
      .badOption, "'\(RegistryPlace.option.name)' is where published models are, and this is none", at: refused,
      help: ["load \"model:churn@champion\" names one"])
    return nil
  }

  private static func planTable(_ call: VerbCall, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let named = NamedPlaces(call, &sink) else { return nil }
    let full = call.wordsInFull(description)
    let saved = savedSchema(call)
    let writes = call.written(ReadingOptions.rejects) + saved
    guard let places = named.known else {
      let open = RelationSchema(name: named.name, isOpen: true)
      let reads = ReadFiles(named.promised)
      return PlannedStage(result: .table(open), words: full, writes: writes, reads: reads) {
        _, _ throws(EngineError) in
        throw EngineError(.file(.absent))
      }
    }
    let arrived = ArrivedFiles()
    let reads = PlaceReading.reads(places, call, arrived)
    do throws(SourceError) {
      let reading = try PlaceReading(places, call, description, arrived)
      guard reading.takeOptions(call, &sink) else { return nil }
      let request = ReadingRequest(call.options)
      let source = try reading.source(request)
      let declared = try source.declaredSchema() ?? request.namedSchema
      let id = ReadingID(start: call.range.start, end: call.range.end)
      let relation = Relation(source: source, declared: declared, reading: id)
      let words = reading.firstFormat.map { call.wordsInFull(description, $0) } ?? full
      return PlannedStage(
        result: .table(relation.schema), words: words, writes: writes, reads: reads,
        outlook: { writes.isEmpty ? outlook(source, $0) : [] }
      ) {
        _, context throws(EngineError) in
        // A source is read anew for each run: the file may have changed since it was checked.
        // Which rows are set aside may depend on any column, and what is written of it is of all.
        let plan = writes.isEmpty ? context.readings[id] ?? .whole : .whole
        let relation = Relation(source: source, declared: declared, reading: id, plan: plan)
        let (settled, collected) = try relation.settled(context)
        let kept = try saved.map { file throws(EngineError) in try save(settled.schema, file.path) }
        let notes = (named.notes.map { "load: " + $0 } + collected.notes.map(\.words) + kept).map { Note($0) }
        return Outcome(.table(settled), [.notes([size(of: collected.rows, relation)] + notes)])
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

  /// How much of a source the filters leave to be read, where it knows that.
  private static func outlook(_ source: any TableSource, _ plan: ReadingPlan) -> [String] {
    guard let screen = FilterScreen(plan.filters) else { return [] }
    let columns: Set<String>? = if case .columns(let needed) = plan.columns { needed } else { nil }
    do throws(SourceError) {
      return try source.extent(ScanRequest(columns: columns, screen: screen)).map { [$0.outlook] } ?? []
    } catch {
      // Reading it will tell.
      return []
    }
  }

  /// The file of the schema that is to be written, if one is.
  private static func savedSchema(_ call: VerbCall) -> [WrittenFile] {
    guard case .save(let path)? = call.options[ReadingOptions.schema] else { return [] }
    return [call.written(path, at: call.optionRanges[ReadingOptions.schema.name])]
  }

  /// Writes the names and types of columns; what there is to say of it.
  private static func save(_ schema: RelationSchema, _ path: String) throws(EngineError) -> String {
    let fields = schema.columns.map { Field($0.name, $0.facts.type ?? .text) }
    let place = try WorkingFolder.current.resolve(path)
    do throws(FileError) { try DurableFile.write(SchemaFile.bytes(fields), to: place) } catch {
      throw EngineError(.file(.notWritten(error)))
    }
    return "load: the schema of \(counted(fields.count, "column")) is kept in \(path)"
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
}
