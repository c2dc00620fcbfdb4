import Descriptions
import Diagnostics
import Formats
import Interpreter
import Packaging
import Plan
import Tables

/// How the places that a call names are read: each by the reader of its format, together as one table.
struct PlaceReading {
  let places: [NamedPlace]
  /// For each place the reader of its format; nil for a table of a database, and for a file whose name does not tell its format before it
  /// is fetched.
  private let readers: [(any TableReading.Type)?]
  private let stated: String?
  private let union: Bool
  private let lock: SchemaFile?
  /// The verb, which has the options that are no format's.
  private let verb: Description
  private let arrived: ArrivedFiles

  /// With `unites` files may have different columns, whatever the call says. Throws `badFormat` for files of no format that is read, and
  /// what reading the schema's file throws.
  init(
    _ places: [NamedPlace], _ call: VerbCall, _ verb: Description, _ arrived: ArrivedFiles, unites: Bool = false
  ) throws(SourceError) {
    self.places = places
    self.verb = verb
    self.arrived = arrived
    stated = call.options[LoadVerb.format]
    union = unites || call.options[LoadVerb.union] ?? false
    var readers: [(any TableReading.Type)?] = []
    for place in places { readers.append(try Self.reader(place, stated: stated)) }
    self.readers = readers
    let hasRemote = places.contains { if case .remote = $0 { true } else { false } }
    if hasRemote, let table = places.first(where: { if case .table = $0 { true } else { false } }) {
      throw SourceError(
        source: table.paths[0], reason: .badFormat("files that are fetched are not read together with databases"))
    }
    lock = try Self.lock(call)
  }

  private static func reader(_ place: NamedPlace, stated: String?) throws(SourceError) -> (any TableReading.Type)? {
    switch place {
    case .file(let path): return try FormatCatalog.tableReader(path, stated: stated)
    case .remote(let file):
      let format = stated.flatMap(FormatCatalog.named) ?? FormatCatalog.format(of: file.fileName)
      if format is any ModelReading.Type {
        throw SourceError(
          source: file.shown, reason: .badFormat("a model's package is loaded from a file of this machine"))
      }
      return format as? any TableReading.Type
    case .table(let table, _):
      guard stated == nil else {
        throw SourceError(
          source: table.path, reason: .badFormat("`format` is of files, and this is a table of a database"))
      }
      return nil
    }
  }

  private static func lock(_ call: VerbCall) throws(SourceError) -> SchemaFile? {
    guard case .locked(let path)? = call.options[ReadingOptions.schema] else { return nil }
    let place: String
    do throws(EngineError) { place = try WorkingFolder.current.resolve(path) } catch {
      throw SourceError(source: path, reason: .place(.outsideSandbox(path)))
    }
    return try SchemaFile(path, at: place)
  }

  /// Everything that is read, as far as it is a file or is shown.
  static func reads(_ places: [NamedPlace], _ call: VerbCall, _ arrived: ArrivedFiles) -> ReadFiles {
    var paths = places.flatMap(\.paths)
    if case .locked(let path)? = call.options[ReadingOptions.schema],
      let place = AddressCatalog.bounds.file(path)
    {
      paths.append(place)
    }
    return ReadFiles(paths, arrived)
  }

  // MARK: Options

  /// The format of the first file, whose options stand in a plan.
  var firstFormat: Description? { readers.lazy.compactMap(\.self).first.map { $0.description } }

  /// Whether every option of the call is the verb's or that of each format; reports one that is not.
  func takeOptions(_ call: VerbCall, _ sink: inout DiagnosticSink) -> Bool {
    for option in call.options.values.keys.sorted() where verb.parameter(option) == nil {
      guard let name = zip(places, readers).compactMap({ Self.refuses(option, $0, $1) }).first else { continue }
      sink.report(.unknownOption, "'\(name)' has no option '\(option)'", at: call.optionRanges[option])
      return false
    }
    return true
  }

  /// What has no such option; nil where it has one, or its format is not known yet.
  private static func refuses(_ option: String, _ place: NamedPlace, _ reader: (any TableReading.Type)?) -> String? {
    switch (place, reader) {
    case (_, let reader?): reader.description.parameter(option) == nil ? reader.name : nil
    case (.table(let table, _), nil): table.name
    case (.file, nil), (.remote, nil): nil
    }
  }

  // MARK: Sources

  /// The table in all places together.
  func source(_ request: ReadingRequest) throws(SourceError) -> any TableSource {
    let hasRemote = places.contains { if case .remote = $0 { true } else { false } }
    let source = hasRemote ? fetched(request) : Self.joined(parts(request), places.flatMap(\.paths), union)
    return lock.map { LockedSource(source, $0, request.options) } ?? source
  }

  private func parts(_ request: ReadingRequest) -> [any TableSource] {
    zip(places, readers).compactMap { place, reader in
      switch place {
      case .file(let path): reader?.source(path, request)
      case .table(let table, _): TypedSource(table, request)
      case .remote: nil
      }
    }
  }

  private static func joined(_ parts: [any TableSource], _ paths: [String], _ union: Bool) -> any TableSource {
    parts.count == 1 ? parts[0] : ConcatenatedSource(parts, paths: paths, union: union)
  }

  /// The same where some files have to be fetched first, and then tell their formats.
  private func fetched(_ request: ReadingRequest) -> any TableSource {
    let parts = places.compactMap { place -> FetchedSource.Part? in
      switch place {
      case .file(let path): .file(path)
      case .remote(let file): .remote(file)
      case .table: nil
      }
    }
    let (stated, union, arrived, verb) = (stated, union, arrived, verb)
    return FetchedSource(parts, name: places[0].name) { file in
      arrived.note(file.shown, hash: file.hash)
    } open: { (files) throws(SourceError) in
      var sources: [any TableSource] = []
      for file in files {
        let named = stated ?? FormatCatalog.format(of: file.fileName)?.name
        let told = file.mediaType.flatMap { AddressCatalog.mediaTypes[$0] }
        let reader = try FormatCatalog.tableReader(file.fileName, stated: named ?? told, request, verb)
        sources.append(reader.source(file.path, request))
      }
      return Self.joined(sources, files.map(\.path), union)
    }
  }
}

extension FormatCatalog {
  /// The reader of a file whose format is known only now, and has to have every option that was given.
  fileprivate static func tableReader(
    _ path: String, stated: String?, _ request: ReadingRequest, _ verb: Description
  ) throws(SourceError) -> any TableReading.Type {
    let reader = try tableReader(path, stated: stated)
    let known = verb.parameters.map(\.name) + reader.description.parameters.map(\.name)
    guard let option = request.options.values.keys.sorted().first(where: { !known.contains($0) }) else { return reader }
    throw SourceError(source: path, reason: .badFormat("it is \(reader.name), which has no option '\(option)'"))
  }
}
