import CSQLite
import Descriptions
import Formats
import Foundation
import Kernels
import ProgramRunning
import Tables

@testable import Databases

/// A SQLite file of a test, made by statements.
final class SQLiteScratch {
  struct Refused: Error { let words: String }

  private let folder: ScratchFolder
  let path: String
  private var handle: OpaquePointer?

  init(_ sql: String, name: String = "shop.db") throws {
    folder = try ScratchFolder()
    path = folder.path + "/" + name
    sqlite3_open(path, &handle)
    try run(sql)
  }

  deinit { sqlite3_close(handle) }

  func run(_ sql: String) throws {
    var words: UnsafeMutablePointer<CChar>?
    guard sqlite3_exec(handle, sql, nil, nil, &words) == SQLITE_OK else {
      defer { sqlite3_free(words) }
      throw Refused(words: words.map { String(cString: $0) } ?? "")
    }
  }

  /// Lets go of the file.
  func close() {
    sqlite3_close(handle)
    handle = nil
  }

  /// A table or query of it, under options.
  func source(_ part: String?, _ options: [String: RawValue] = [:]) throws -> TypedSource {
    let address = "sqlite:" + path.replacing("#", with: "%23") + (part.map { "#" + $0 } ?? "")
    guard case .table(let table, _) = try SQLiteReading.place(address, AddressBounds()) else {
      throw Refused(words: "")
    }
    return TypedSource(table, ReadingRequest(Options(options)))
  }

  func read(_ part: String?, _ options: [String: RawValue] = [:], columns: Set<String>? = nil) throws -> SourceRows {
    try source(part, options).read(columns: columns, Kernels.Progress())
  }

  /// Why it is not read.
  func failure(_ part: String?, _ options: [String: RawValue] = [:]) -> SourceError.Reason? {
    do { _ = try read(part, options) } catch { return (error as? SourceError)?.reason }
    return nil
  }
}

extension Table {
  /// The cells of a column as they would be written.
  func words(_ name: String) -> [String] { (0..<rowCount).map { self[name]?[$0].description ?? "no column" } }

  var types: [ColumnType] { columns.map(\.type) }
}
