import Descriptions
import Formats
import Kernels
import Tables

/// Feeds bytes to the reader of JSON documents. The first byte chooses options, and whether the rest is an element of a list.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.first else { return 0 }
  var options: [String: RawValue] = [:]
  if choice & 1 != 0 { options["on_conflict"] = .word("reject") }
  if choice & 2 != 0 { options["rows"] = .int(3) }
  if choice & 4 != 0 { options["types"] = types(["a": .datetime, "b": .int, "c": .float, "d.e": .text, "f": .bool]) }
  if choice & 8 != 0 { options["columns"] = .list([.text("a"), .text("d.e")]) }
  var bytes = Array(input.dropFirst())
  if choice & 16 != 0 { bytes = Array("[".utf8) + bytes + Array("]".utf8) }
  do throws(SourceError) {
    let source = JSONFormat.source("fuzz", bytes: bytes, ReadingRequest(Options(options)))
    let declared = try source.declaredSchema()
    let table = try source.read(columns: nil, Progress()).table
    precondition(table.columns.allSatisfy { $0.count == table.rowCount }, "columns differ in length")
    for field in declared?.schema.fields ?? [] where !(declared?.open.contains(field.name) ?? true) {
      precondition(table[field.name]?.type == field.type, "a settled type changed")
    }
    checkRoundTrip(table)
  } catch {}
  return 0
}

private func types(_ types: [String: ColumnType]) -> RawValue {
  .record(types.sorted { $0.key < $1.key }.map { RawField($0.key, .word($0.value.rawValue)) })
}

/// What was read reads back, written, as the same cells.
private func checkRoundTrip(_ table: Table) {
  guard !table.columns.isEmpty, table.rowCount > 0 else { return }
  let text = JSONFormat.rows(table)
  let rows = (0..<text.count).flatMap(text.piece).dropFirst(JSONFormat.separator.count)
  let bytes = JSONFormat.header(table) + rows + JSONFormat.footer
  let stated = Dictionary(zip(table.names, table.columns.map(\.type)), uniquingKeysWith: { first, _ in first })
  guard let again = try? JSONFormat.source(bytes, types: stated).read(columns: nil, Progress()).table else {
    preconditionFailure("it does not read back")
  }
  precondition(again == table, "it reads back as another table")
}
