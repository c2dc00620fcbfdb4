import Arrow
import Descriptions
import Formats
import Kernels
import Tables

/// Feeds bytes to the reader of Arrow's files and streams. The first byte chooses options.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzArrow(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.first else { return 0 }
  Memory.set(bound: 1 << 30)
  Threads.set(choice & 1 == 0 ? 1 : 2)
  var options: [String: RawValue] = [:]
  if choice & 2 != 0 { options["rows"] = .int(3) }
  if choice & 4 != 0 { options["types"] = .record([RawField("u", .word("text")), RawField("d", .word("float"))]) }
  if choice & 8 != 0 { options["on_conflict"] = .word("reject") }
  let source = ArrowFormat.source("fuzz", bytes: Array(input.dropFirst()), ReadingRequest(Options(options)))
  do throws(SourceError) {
    let declared = try source.declaredSchema()
    // What claims rows without bytes is right, but takes too long here.
    let table = try source.read(ScanRequest(limit: 1 << 20), Progress()).table
    precondition(table.columns.allSatisfy { $0.count == table.rowCount }, "columns differ in length")
    precondition(declared?.schema == table.schema, "the schema changed")
    checkRoundTrip(table)
  } catch {}
  return 0
}

/// What was read reads back, written, as the same cells.
private func checkRoundTrip(_ table: Table) {
  guard !table.columns.isEmpty, table.rowCount <= 1 << 12 else { return }
  for format in [ArrowFormat.self, ArrowStreamFormat.self] as [any EncodedTableWriting.Type] {
    guard var encoder = try? format.encoder(table), let rows = try? encoder.append(table, Progress()),
      let end = try? encoder.finish(Progress()),
      let again = try? format.source(rows + end, types: [:]).read(columns: nil, Progress()).table
    else { preconditionFailure("it does not read back") }
    precondition(again == table, "it reads back as another table")
  }
}
