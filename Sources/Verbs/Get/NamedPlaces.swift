import Diagnostics
import Formats
import Glibc
import Interpreter
import Language
import Plan
import Tables

/// A place that rows are read from.
enum NamedPlace: Sendable {
  case file(String)
  /// A table of a database, and the files of this machine that hold it.
  case table(any TypedFile, files: [String])
  case remote(any RemoteFile)

  /// What messages call its rows.
  var name: String {
    switch self {
    case .file(let path): FileName.stem(path)
    case .table(let table, _): table.name
    case .remote(let file): FileName.stem(file.fileName)
    }
  }

  /// The files that it reads, or what is shown of it where it is none.
  var paths: [String] {
    switch self {
    case .file(let path): [path]
    case .table(let table, let files): files.isEmpty ? [table.path] : files
    case .remote(let file): [file.shown]
    }
  }
}

/// What the positional arguments of a call name: files, folders, patterns, built-in sets and addresses.
struct NamedPlaces {
  /// nil while a file is made earlier in the script, or a name is known only when the script runs.
  private(set) var known: [NamedPlace]? = []
  /// Files that are made earlier in the script.
  private(set) var promised: [String] = []
  /// What there is to say of how they were found.
  private(set) var notes: [String] = []
  private(set) var name = "data"

  /// What all arguments name, or the one at `place`; nil after an error, which is reported.
  init?(_ call: VerbCall, at place: Int? = nil, _ sink: inout DiagnosticSink) {
    for place in place.map({ $0..<$0 + 1 }) ?? call.positionals.indices where !add(place, call, &sink) { return nil }
    if case .locked(let path)? = call.options[ReadingOptions.schema], call.promises(path) { promise(path) }
    name = known?.first?.name ?? promised.first.map(FileName.stem) ?? "data"
    if known?.isEmpty == true { known = nil }
  }

  private mutating func promise(_ path: String) {
    promised.append(path)
    known = nil
  }

  /// Takes up an argument; false after an error.
  private mutating func add(_ place: Int, _ call: VerbCall, _ sink: inout DiagnosticSink) -> Bool {
    let written = call.positionals[place]
    if case .name(let name) = written.kind, call.scope[name] == nil { return add(set: name, written, call, &sink) }
    let errors = sink.diagnostics.count
    guard let text = call.text(at: place, &sink) else {
      known = nil
      return sink.diagnostics.count == errors
    }
    do throws(SourceError) {
      if let kind = try AddressCatalog.kind(of: text) { return try add(text, kind, call) }
    } catch {
      sink.report(Diagnostic(error, at: written.range))
      return false
    }
    return add(path: text, at: written.range, call, &sink)
  }

  private mutating func add(
    set name: String, _ written: Expr, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> Bool {
    if let file = StandardLibrary.dataSet(name) {
      known?.append(.file(file))
      return true
    }
    let sets = StandardLibrary.dataSets
    sink.report(
      .unknownName, "no built-in data set '\(name)'", at: written.range, label: NearestName.hint(name, in: sets),
      help: [
        sets.isEmpty
          ? "the folder of built-in sets was not found: MLP_STDLIB names it"
          : "built-in: " + sets.joined(separator: ", "),
        "a file stands in quotes: \(call.verb.text) \"\(name).csv\"",
      ])
    return false
  }

  private mutating func add(
    _ address: String, _ kind: any AddressReading.Type, _ call: VerbCall
  ) throws(SourceError) -> Bool {
    switch try kind.place(address, AddressCatalog.bounds) {
    case .remote(let file): known?.append(.remote(file))
    case .table(let table, let files):
      if let file = files.first(where: call.promises) {
        promise(file)
      } else {
        known?.append(.table(table, files: files))
      }
    }
    return true
  }

  private mutating func add(
    path text: String, at range: SourceRange, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> Bool {
    do throws(EngineError) {
      let path = try WorkingFolder.current.resolve(text)
      if call.promises(text) {
        promise(path)
      } else if text.contains(where: { "*?[".contains($0) }) {
        return try add(matching: path, text, at: range, &sink)
      } else if WorkingFolder.isFolder(path) {
        return try add(folder: path, text, at: range, call, &sink)
      } else {
        known?.append(.file(path))
      }
      return true
    } catch {
      sink.report(error, at: range)
      return false
    }
  }

  private mutating func add(
    matching pattern: String, _ text: String, at range: SourceRange, _ sink: inout DiagnosticSink
  ) throws(EngineError) -> Bool {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else {
      sink.report(.fileNotFound, "no file matches '\(text)'", at: range)
      return false
    }
    try add((0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } })
    return true
  }

  private mutating func add(
    folder: String, _ text: String, at range: SourceRange, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) throws(EngineError) -> Bool {
    let files: FolderFiles
    do throws(SourceError) {
      files = try FolderFiles(folder, shown: text, stated: call.options[LoadVerb.format])
    } catch {
      sink.report(Diagnostic(error, at: range))
      return false
    }
    notes.append(files.note)
    try add(files.paths)
    return true
  }

  /// Takes up files that were found; a link to one outside the sandbox is as that one.
  private mutating func add(_ paths: [String]) throws(EngineError) {
    for path in paths {
      _ = try WorkingFolder.current.resolve(path)
      known?.append(.file(path))
    }
  }
}
