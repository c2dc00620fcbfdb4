import Descriptions
import Formats
import Kernels
import Tables

/// Feeds bytes to the reader of JSON Lines. The first byte chooses options.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSONLines(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.first else { return 0 }
  var options: [String: RawValue] = [:]
  if choice & 1 != 0 { options["on_conflict"] = .word("reject") }
  if choice & 2 != 0 { options["rows"] = .int(3) }
  if choice & 4 != 0 { options["types"] = types(["a": .date, "b": .int, "c": .float, "d.e": .text, "f": .bool]) }
  if choice & 8 != 0 { options["columns"] = .list([.text("a"), .text("d.e")]) }
  let source = JSONLinesFormat.source(
    "fuzz", bytes: Array(input.dropFirst()), ReadingRequest(Options(options)))
  do throws(SourceError) {
    let declared = try source.declaredSchema()
    let table = try source.read(columns: nil, Progress()).table
    precondition(table.columns.allSatisfy { $0.count == table.rowCount }, "columns differ in length")
    checkAgreement(declared, table)
    checkRoundTrip(table)
  } catch {}
  return 0
}

private func types(_ types: [String: ColumnType]) -> RawValue {
  .record(types.sorted { $0.key < $1.key }.map { RawField($0.key, .word($0.value.rawValue)) })
}

/// What a sample said of a column's type holds in the result.
private func checkAgreement(_ declared: DeclaredSchema?, _ table: Table) {
  guard let declared else { return }
  for field in declared.schema.fields where !declared.open.contains(field.name) {
    precondition(table[field.name]?.type == field.type, "a settled type changed")
  }
}

/// What was read reads back, written, as the same cells.
private func checkRoundTrip(_ table: Table) {
  guard !table.columns.isEmpty, table.rowCount > 0 else { return }
  let text = JSONLinesFormat.rows(table)
  let body = (0..<text.count).flatMap(text.piece)
  let stated = types(Dictionary(zip(table.names, table.columns.map(\.type)), uniquingKeysWith: { first, _ in first }))
  let source = JSONLinesFormat.source("again", bytes: body, ReadingRequest(Options(["types": stated])))
  guard let again = try? source.read(columns: nil, Progress()).table else {
    preconditionFailure("it does not read back")
  }
  precondition(again == table, "it reads back as another table")
}
