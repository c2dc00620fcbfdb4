import Serving
import Tables

private let schema = InputSchema(
  [
    Field("age", .int), Field("spend", .float), Field("plan", .text), Field("active", .bool), Field("joined", .date),
    Field("seen", .datetime), Field("parts", .vector),
  ], label: "outcome")

/// Feeds bytes to the decoders of both bodies: what they take must fit the columns, and all else must be a problem of the
/// caller's.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRequests(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let bounds = RequestBounds(body: 4096, rows: 64)
  check { () throws(RequestProblem) in try RequestBody.decode(bytes, schema, bounds) }
  check { () throws(RequestProblem) in try TensorBody.decode(bytes, schema, bounds) }
  return 0
}

private func check(_ decode: () throws(RequestProblem) -> InferenceRequest) {
  do throws(RequestProblem) {
    let request = try decode()
    precondition(request.rows.count <= 64, "more rows than are taken")
    precondition(request.notes.isEmpty || request.notes.count == request.rows.count, "remarks that belong to no row")
    for row in request.rows {
      precondition(row.count == schema.fields.count, "a row of another width")
      for (cell, field) in zip(row, schema.fields) {
        precondition(cell == .missing || cell.type == field.type, "a cell of another type")
      }
    }
  } catch {
    precondition((400..<500).contains(error.status) && !error.code.isEmpty && !error.message.isEmpty)
  }
}
