import Diagnostics
import Notation
import Tables

extension Diagnostic {
  /// A database or a server that does not give what it was asked for; `source` is what is shown of it.
  init(_ problem: PlaceProblem, of source: String, at range: SourceRange?, stage: String?) {
    let (code, words) = (problem.code, problem.words(source))
    self.init(
      code, words.reason, at: range, label: problem.hint, stage: stage, help: words.help)
  }

  /// Columns that are not those of a schema: a line for each.
  init(_ differences: [SchemaDifference], schema: String, of source: String, at range: SourceRange?, stage: String?) {
    let count = counted(differences.count, "column")
    let width = differences.map { TextWidth.of($0.column) }.max() ?? 0
    let lines = differences.prefix(Self.mostDifferences).map { difference in
      TextWidth.pad(difference.column, to: width) + "  " + difference.words(schema)
    }
    let left = differences.count - lines.count
    self.init(
      .schemaDrift, "\(source): \(count) \(differences.count == 1 ? "is" : "are") not as \(schema) says", at: range,
      stage: stage,
      help: lines + (left > 0 ? ["and \(left) more"] : []) + ["schema: save(\"\(schema)\") writes it anew"])
  }

  private static let mostDifferences = 20
}

extension SchemaDifference {
  fileprivate func words(_ schema: String) -> String {
    switch (locked, found) {
    case (let locked?, let found?): "\(found.rawValue), and \(locked.rawValue) in \(schema)"
    case (let locked?, nil): "is not there, and \(locked.rawValue) in \(schema)"
    case (nil, let found?): "\(found.rawValue), and not in \(schema)"
    case (nil, nil): ""
    }
  }
}

extension PlaceProblem {
  fileprivate var code: DiagnosticCode {
    switch self {
    case .outsideSandbox: .outsideSandbox
    case .noTable, .whichTable: .notFound
    case .noColumn: .unknownColumn
    case .status(404), .status(410): .fileNotFound
    case .noLibrary, .unreachable, .refused, .lost, .failed, .locked, .status, .redirections, .cut, .silent: .cannotRead
    }
  }

  fileprivate var hint: String? {
    switch self {
    case .noTable(let name, let tables): NearestName.hint(name, in: tables)
    case .noColumn(let name, let columns): NearestName.hint(name, in: columns)
    default: nil
    }
  }

  fileprivate func words(_ source: String) -> ProblemWords {
    switch self {
    case .noLibrary(let file, let package):
      ProblemWords(
        "\(source): the library \(file) is not there", help: ["on Debian: apt-get install \(package)"])
    case .outsideSandbox(let place):
      ProblemWords(
        "\(source): '\(place)' is outside the sandbox",
        help: [
          "only files below the sandbox's folder are read there, and only this machine is asked: 127.0.0.1, ::1 or localhost"
        ])
    case .unreachable(let words): ProblemWords("\(source) does not answer: \(words)")
    case .refused(let words):
      ProblemWords(
        "\(source) does not let this user in: \(words)",
        help: ["PGPASSWORD or ~/.pgpass gives a password that stands in no script; an address that holds *** has none"])
    case .lost(let words, let rows):
      ProblemWords(
        "\(source): the connection broke after \(counted(rows, "row")): \(words)",
        help: ["nothing of it is kept: run it again"])
    case .failed(let words, let code): ProblemWords("\(source): \(words)" + (code.map { " (\($0))" } ?? ""))
    case .locked(let seconds):
      ProblemWords(
        "\(source): another program has locked it for more than \(counted(seconds, "second"))",
        help: ["run it again when that is done"])
    case .noTable(let name, let tables):
      ProblemWords("\(source): there is no table '\(DatabaseText.cut(name))'", help: [Self.listed(tables)])
    case .whichTable(let tables):
      ProblemWords(
        tables.isEmpty
          ? "\(source): there is no table in it" : "\(source): behind `#` stands which of its tables is read",
        help: tables.isEmpty ? [] : [Self.listed(tables)])
    case .noColumn(let name, let columns):
      ProblemWords("\(source): there is no column '\(name)'", help: ["columns: \(ProblemWords.listed(columns))"])
    case .status(let status): ProblemWords("\(source): the server answers \(status)\(Self.meaning(status))")
    case .redirections(let most): ProblemWords("\(source): there are more than \(most) redirections")
    case .cut(let words, let received, let expected):
      ProblemWords(
        "\(source): the transfer was cut after \(received)" + (expected.map { " of \($0)" } ?? "") + " bytes: \(words)",
        help: ["nothing of it is kept: run it again"])
    case .silent(let seconds): ProblemWords("\(source): the server was silent for \(counted(seconds, "second"))")
    }
  }

  private static func listed(_ tables: [String]) -> String {
    tables.isEmpty ? "there is no table in it" : "tables: \(ProblemWords.listed(tables))"
  }

  private static func meaning(_ status: Int) -> String {
    switch status {
    case 401: ": it wants to know who asks"
    case 403: ": it does not give this away"
    case 404: ": there is no such file"
    case 410: ": there is no such file any more"
    case 429: ": it was asked too often"
    case 500...599: ": it has a fault of its own"
    default: ""
    }
  }
}

/// What of a long query stands in a message.
private enum DatabaseText {
  static func cut(_ text: String) -> String {
    TextWidth.cut(text.split(whereSeparator: \.isWhitespace).joined(separator: " "), to: 60)
  }
}
