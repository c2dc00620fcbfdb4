import Descriptions
import Formats
import Kernels
import Tables

/// Feeds bytes to the readers of ARFF and of the format of LIBSVM. The first byte chooses the format and options.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLines(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.first else { return 0 }
  var options: [String: RawValue] = [:]
  if choice & 2 != 0 { options["on_conflict"] = .word("reject") }
  if choice & 4 != 0 { options["rows"] = .int(3) }
  if choice & 8 != 0 {
    options["types"] = .record([
      RawField("a", .word("text")), RawField("label", .word("float")), RawField("n", .word("int")),
    ])
  }
  let isARFF = choice & 1 == 0
  if choice & 16 != 0, !isARFF { options["features"] = .int(7) }
  let (text, request) = (Array(input.dropFirst()), ReadingRequest(Options(options)))
  let source =
    isARFF
    ? ARFFFormat.source("fuzz", bytes: text, request) : LibSVMFormat.source("fuzz", bytes: text, request)
  do throws(SourceError) {
    let declared = try source.declaredSchema()
    let table = try source.read(columns: nil, Progress()).table
    precondition(table.columns.allSatisfy { $0.count == table.rowCount }, "columns differ in length")
    precondition(declared?.schema == table.schema, "the schema changed")
    checkRoundTrip(table)
  } catch {}
  return 0
}

/// What was read reads back, written as ARFF, as the same cells.
private func checkRoundTrip(_ table: Table) {
  guard !table.columns.isEmpty, table.rowCount > 0, !table.names.contains("") else { return }
  let text = ARFFFormat.rows(table)
  let body = ARFFFormat.header(table) + (0..<text.count).flatMap(text.piece)
  let types = Dictionary(zip(table.names, table.columns.map(\.type)), uniquingKeysWith: { first, _ in first })
  guard let again = try? ARFFFormat.source(body, types: types).read(columns: nil, Progress()).table else {
    preconditionFailure("it does not read back")
  }
  precondition(again == table, "it reads back as another table")
}
