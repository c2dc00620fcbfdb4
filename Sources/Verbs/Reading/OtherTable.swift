import Descriptions
import Diagnostics
import Display
import Formats
import Interpreter
import Kernels
import Language
import Plan
import Tables

/// A table that a call names beside the one that it works on: a named table, files, or a built-in set, as `load` takes them.
struct OtherTable {
  private enum Source {
    case named(String)
    case files(any TableSource, DeclaredSchema?)
    /// Files that are made earlier in the script.
    case promised
  }

  private let source: Source
  /// What is known of its columns; of files with a reading of their own.
  let schema: RelationSchema
  let reads: ReadFiles
  /// The format that its files are of.
  let format: Description?
  let range: SourceRange

  /// What may be said of how files are read.
  static let readingParameters: [any AnyParameter] =
    [LoadVerb.format] + ReadingOptions.all + [WrittenFile.replace]

  /// Of a verb's parameters and the formats' those that say something where these tables are named, for the stage's words.
  static func words(
    _ call: VerbCall, _ parameters: [any AnyParameter], _ tables: [OtherTable]
  ) -> String {
    let formats = tables.compactMap(\.format)
    let reading = tables.contains(where: \.isReadHere) ? readingParameters + (formats.first?.parameters ?? []) : []
    return call.wordsInFull(
      Description(name: call.verb.text, summary: "", group: "", parameters: parameters + reading))
  }

  /// Whether the stage itself reads it.
  var isReadHere: Bool { if case .files = source { true } else { false } }

  private init(
    _ source: Source, _ schema: RelationSchema, _ range: SourceRange, reads: ReadFiles = .none,
    format: Description? = nil
  ) {
    self.source = source
    self.schema = schema
    self.range = range
    self.reads = reads
    self.format = format
  }

  /// The table that an argument of a call names; nil after an error, which is reported, or where an earlier one hides what it is. With
  /// `unites` the files of a glob may have different columns.
  static func named(
    at place: Int, of call: VerbCall, _ verb: Description, unites: Bool = false, _ sink: inout DiagnosticSink
  ) -> OtherTable? {
    guard call.positionals.indices.contains(place) else { return nil }
    let written = call.positionals[place]
    guard case .name(let name) = written.kind else { return files(at: place, of: call, verb, unites, &sink) }
    if let type = call.namedTypes[name] { return table(name, type, written.range, call, verb, &sink) }
    guard call.scope[name] == nil, StandardLibrary.dataSet(name) == nil else {
      return files(at: place, of: call, verb, unites, &sink)
    }
    reportUnknown(name, at: written.range, call, &sink)
    return nil
  }

  private static func table(
    _ name: String, _ type: ValueType, _ range: SourceRange, _ call: VerbCall, _ verb: Description,
    _ sink: inout DiagnosticSink
  ) -> OtherTable? {
    switch type.subject {
    case .table(let schema):
      let own = Set(verb.parameters.map(\.name))
      if call.positionals.count == 1, let option = call.options.values.keys.sorted().first(where: { !own.contains($0) })
      {
        sink.report(
          .badOption, "'\(option)' says how a file is read, and '\(name)' is a table", at: call.optionRanges[option])
        return nil
      }
      return OtherTable(.named(name), schema, range)
    case .unknown: return nil
    default:
      sink.report(.wrongType, "'\(name)' is \(type.subject.word), not a table", at: range)
      return nil
    }
  }

  private static func reportUnknown(
    _ name: String, at range: SourceRange, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) {
    let tables = call.namedTypes.filter { $0.key != "_" && $0.value.subjectKind == .table }.keys.sorted()
    let isLast = call.namedTypes["_"]?.schema?.name == name
    sink.report(
      .unknownName, "no table '\(name)'", at: range,
      label: isLast ? "the last value has no name yet" : NearestName.hint(name, in: tables + StandardLibrary.dataSets),
      help: [
        tables.isEmpty ? "`as NAME` names the last value" : "named tables: \(ProblemWords.listed(tables))",
        "built-in: \(StandardLibrary.dataSets.joined(separator: ", "))",
        "a file stands in quotes: \(call.verb.text) \"\(name).csv\"",
      ])
  }

  // MARK: Files

  private static func files(
    at place: Int, of call: VerbCall, _ verb: Description, _ unites: Bool, _ sink: inout DiagnosticSink
  ) -> OtherTable? {
    let range = call.positionals[place].range
    guard let named = NamedPlaces(call, at: place, &sink) else { return nil }
    guard let places = named.known else {
      let open = RelationSchema(name: named.name, isOpen: true)
      return OtherTable(.promised, open, range, reads: ReadFiles(named.promised))
    }
    let arrived = ArrivedFiles()
    let reads = PlaceReading.reads(places, call, arrived)
    do throws(SourceError) {
      let files = try PlaceReading(places, call, verb, arrived, unites: unites)
      guard files.takeOptions(call, &sink) else { return nil }
      let request = ReadingRequest(call.options)
      let source = try files.source(request)
      let declared = try source.declaredSchema() ?? request.namedSchema
      // Which rows are set aside may depend on any column, and their file is written once.
      let reading = call.options.has(ReadingOptions.rejects) ? nil : ReadingID(start: range.start, end: range.end)
      return OtherTable(
        .files(source, declared), Relation(source: source, declared: declared, reading: reading).schema, range,
        reads: reads, format: files.firstFormat)
    } catch {
      sink.report(Diagnostic(error, at: range))
      return nil
    }
  }

  // MARK: Running

  /// The table as it is when the stage runs, with what there is to say of its reading. Throws what reading it throws.
  func relation(_ context: RunContext) throws(EngineError) -> (relation: Relation, notes: [Note]) {
    switch source {
    case .named(let name):
      guard case .table(let relation)? = context.named[name]?.subject else {
        throw EngineError(.subject(.noTable(name)))
      }
      return (relation, [])
    case .promised: throw EngineError(.file(.absent))
    case .files(let source, let declared):
      let plan = schema.reading.flatMap { context.readings[$0] } ?? .whole
      let relation = Relation(source: source, declared: declared, reading: schema.reading, plan: plan)
      let (settled, collected) = try relation.settled(context)
      return (settled, [LoadVerb.size(of: collected.rows, relation)] + collected.notes.map { Note($0.words) })
    }
  }
}
