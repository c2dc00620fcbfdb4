import Kernels
import Notation
import Plan
import Tables

/// What validations found, kept in a file to which each adds: JSON Lines, one object for a rule of a run, which `load` reads as a table.
public struct ValidationHistory: Sendable {
  /// What a run found of one rule.
  public struct Entry: Sendable, Equatable {
    /// From 1.
    public var run: Int
    /// Microseconds since 1970 in UTC.
    public var moment: Int64
    public var table: String
    public var rule: String
    public var rows: Int
    /// Rows that fail it, and rows that it is missing for; of a rule of the whole table 1 or 0.
    public var failed: Int
    public var missing: Int
    public var verdict: RuleVerdict

    /// How much of what it was decided for fails it.
    public var share: Double { rows > missing ? Double(failed) / Double(rows - missing) : 0 }
  }

  /// The bytes that such a file may have.
  static let limit = 256 << 20

  private let path: String
  public private(set) var entries: [Entry]

  /// Reads the file at `path`; none is one without entries. Throws `cannot-read`, and for what is no such file `bad-format`.
  public init(_ path: String) throws(EngineError) {
    self.path = path
    let bytes: [UInt8]
    do throws(FileError) { bytes = try DurableFile.read(path, limit: Self.limit) } catch {
      guard error.reason == .notFound else { throw EngineError(SourceError(source: path, reason: .file(error))) }
      entries = []
      return
    }
    entries = []
    for (place, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
      guard let entry = Entry(Array(line)) else {
        let words = "it holds something else than the results of validations"
        throw EngineError(SourceError(source: path, reason: .badFormat(words), line: place + 1))
      }
      entries.append(entry)
    }
  }

  /// Adds what a pass over a table found as one more run, and writes the file in its place. Throws `cannot-write`.
  public mutating func add(_ pass: ValidationPass, table: String, at moment: Int64) throws(EngineError) {
    let run = (entries.last?.run ?? 0) + 1
    for found in pass.findings {
      let isOfTable = found.ofTable != nil
      entries.append(
        Entry(
          run: run, moment: moment, table: table, rule: found.rule.words, rows: isOfTable ? 1 : pass.rowCount,
          failed: isOfTable ? (found.ofTable?.holds == false ? 1 : 0) : found.failed,
          missing: isOfTable ? (found.ofTable?.holds == nil ? 1 : 0) : found.missing, verdict: found.verdict))
    }
    do throws(FileError) { try DurableFile.write(entries.flatMap(\.line), to: path) } catch {
      throw EngineError(.file(.notWritten(error)))
    }
  }

  /// The runs of a rule on a table, in order.
  public func runs(of rule: String, table: String) -> [Entry] {
    entries.filter { $0.rule == rule && $0.table == table }
  }
}

extension ValidationHistory.Entry {
  /// A line of the file; nil where it is no such entry.
  fileprivate init?(_ line: [UInt8]) {
    // try? is safe: whoever asks is told that this is no entry.
    guard let value = try? JSONValue(parsing: line, depth: 4),
      let run = value["run"]?.int.flatMap({ Int(exactly: $0) }),
      run >= 0, run < Int(Int32.max), let moment = Self.moment(value["at"]?.string ?? ""),
      let table = value["table"]?.string, let rule = value["rule"]?.string,
      let rows = Self.count(value["rows"]), let failed = Self.count(value["failed"]),
      let missing = Self.count(value["undecided"]), missing <= rows, failed <= rows - missing,
      let verdict = value["verdict"]?.string.flatMap(RuleVerdict.init(rawValue:))
    else { return nil }
    self.init(
      run: run, moment: moment, table: table, rule: rule, rows: rows, failed: failed, missing: missing, verdict: verdict
    )
  }

  private static func count(_ value: JSONValue?) -> Int? {
    value?.int.flatMap { Int(exactly: $0) }.flatMap { $0 >= 0 ? $0 : nil }
  }

  private static func moment(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      return DateText.moment(base, 0, buffer.count)?.microseconds
    }
  }

  fileprivate var line: [UInt8] {
    let held = rows - failed - missing
    return JSONValue.object([
      JSONMember("run", .int(Int64(run))), JSONMember("at", .string("\(CivilDateTime(microseconds: moment))")),
      JSONMember("table", .string(table)), JSONMember("rule", .string(rule)), JSONMember("rows", .int(Int64(rows))),
      JSONMember("held", .int(Int64(held))), JSONMember("failed", .int(Int64(failed))),
      JSONMember("undecided", .int(Int64(missing))), JSONMember("share", .double(share)),
      JSONMember("verdict", .string(verdict.rawValue)),
    ]).bytes + [UInt8(ascii: "\n")]
  }
}
