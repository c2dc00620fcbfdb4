import Databases
import Descriptions
import Formats
import Glibc
import Kernels
import Tables

/// Feeds bytes to the reader of SQLite files: whatever they are, it is a table that reads the same again, or an error.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSQLite(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.last, write(input.dropLast()) else { return 0 }
  Memory.set(bound: 1 << 30)
  var options: [String: RawValue] = [:]
  if choice & 1 != 0 { options["on_conflict"] = .word("reject") }
  if choice & 2 != 0 { options["types"] = .record([RawField("a", .word("text")), RawField("b", .word("float"))]) }
  let address = "sqlite:\(file)" + (choice & 4 == 0 ? "#t" : "#select * from t")
  guard let place = try? SQLiteReading.place(address, AddressBounds()), case .table(let table, _) = place else {
    preconditionFailure("an address is none")
  }
  check(TypedSource(table, ReadingRequest(Options(options))))
  return 0
}

/// One for each process: SQLite opens files by their names.
private let file = "/dev/shm/mlp-fuzz-\(getpid()).db"

/// Whether the file holds the bytes now.
private func write(_ bytes: ArraySlice<UInt8>) -> Bool {
  let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  guard descriptor >= 0 else { return false }
  defer { close(descriptor) }
  return bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) } == bytes.count
}

private func check(_ source: TypedSource) {
  do throws(SourceError) {
    let declared = try source.declaredSchema()
    // A view may never end.
    let request = ScanRequest(limit: 3000)
    let table = try source.read(request, Progress()).table
    precondition(table.columns.allSatisfy { $0.count == table.rowCount }, "columns differ in length")
    for field in declared?.schema.fields ?? [] where !(declared?.open.contains(field.name) ?? true) {
      precondition(table[field.name]?.type == field.type, "a settled type changed")
    }
    let again = try source.read(request, Progress()).table
    precondition(again == table, "it reads as another table")
    for name in table.names {
      let alone = try source.read(ScanRequest(columns: [name], limit: 3000), Progress()).table
      precondition(alone[name] == table[name], "a column is another when it is read alone")
    }
  } catch {}
}
