import Databases
import Formats
import Interpreter
import Notation
import Plan
import Tables
import Web

/// Every kind of place beside plain files: one line each. What reads and what helps asks only here.
public enum AddressCatalog {
  public static let all: [any AddressReading.Type] = [SQLiteReading.self, PostgresReading.self, WebReading.self]

  static let schemes = Set(all.flatMap { $0.schemes })

  /// The kind of place that an address begins like; nil for a plain path. Throws `badFormat` for an address of no kind.
  static func kind(of address: String) throws(SourceError) -> (any AddressReading.Type)? {
    guard let scheme = Scheme.of(address) else { return nil }
    if let kind = all.first(where: { $0.schemes.contains(scheme) }) { return kind }
    guard address.dropFirst(scheme.count).hasPrefix("://") else { return nil }
    let known = all.flatMap { $0.schemes.map { "\($0):" } }.joined(separator: ", ")
    throw SourceError(
      source: Secrets.masked(address), reason: .badFormat("\(scheme): addresses are not read; those that are: \(known)")
    )
  }

  /// What the sandbox leaves in reach.
  static var bounds: AddressBounds {
    let folder = WorkingFolder.current
    return AddressBounds(isLoopbackOnly: folder.sandbox != nil) { path in
      do throws(EngineError) { return try folder.resolve(path) } catch { return nil }
    }
  }

  /// Names of formats by what servers call them.
  static let mediaTypes: [String: String] = [
    "text/csv": "csv", "application/csv": "csv", "text/tab-separated-values": "tsv", "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl", "application/json-lines": "jsonl", "application/json": "json",
    "application/vnd.apache.parquet": "parquet", "application/vnd.apache.arrow.file": "arrow",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
  ]
}
