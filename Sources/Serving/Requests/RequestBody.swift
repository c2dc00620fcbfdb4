import Display
import Notation
import Tables

/// The body of `POST /v1/predict`: one object, a list of objects, or `{"rows": [objects]}`.
///
/// A column that is left out counts as missing and is noted; null is missing; a column that the model does not have, or
/// a value of another type, is a problem that names the column and the row.
public enum RequestBody {
  /// O(bytes).
  public static func decode(
    _ bytes: [UInt8], _ schema: InputSchema, _ bounds: RequestBounds = RequestBounds()
  ) throws(RequestProblem) -> InferenceRequest {
    let body = try bounds.json(bytes)
    if let elements = try list(body, schema) { return try many(elements, schema, bounds) }
    guard let members = body.members else {
      throw RequestProblem(
        "wrong-body", "the body is \(CellReading.described(body))", help: "send an object, or a list of objects")
    }
    let row = try self.row(members, schema)
    return InferenceRequest(rows: [row.cells], notes: row.notes.isEmpty ? [] : [row.notes], isSingle: true)
  }

  /// The elements of a list, or of `rows` where that is no column of the model.
  private static func list(_ body: JSONValue, _ schema: InputSchema) throws(RequestProblem) -> [JSONValue]? {
    if let elements = body.elements { return elements }
    guard let members = body.members, members.count == 1, members[0].name == "rows",
      !schema.fields.contains(where: { $0.name == "rows" })
    else { return nil }
    guard let elements = members[0].value.elements else {
      throw RequestProblem(
        "wrong-body", "'rows' is \(CellReading.described(members[0].value))", help: "'rows' is a list of objects")
    }
    return elements
  }

  private static func many(
    _ elements: [JSONValue], _ schema: InputSchema, _ bounds: RequestBounds
  ) throws(RequestProblem) -> InferenceRequest {
    try bounds.check(rows: elements.count)
    var request = InferenceRequest(rows: [])
    request.rows.reserveCapacity(elements.count)
    for (place, element) in elements.enumerated() {
      do throws(RequestProblem) {
        guard let members = element.members else {
          throw RequestProblem(
            "wrong-body", "a row is \(CellReading.described(element))",
            help: "each row is an object: {\"column\": value}")
        }
        let row = try self.row(members, schema)
        request.rows.append(row.cells)
        if !row.notes.isEmpty, request.notes.isEmpty {
          request.notes = [[String]](repeating: [], count: elements.count)
        }
        if !row.notes.isEmpty { request.notes[place] = row.notes }
      } catch {
        throw error.at(row: place)
      }
    }
    return request
  }

  private static func row(
    _ members: [JSONMember], _ schema: InputSchema
  ) throws(RequestProblem) -> (cells: [Cell], notes: [String]) {
    var cells = [Cell](repeating: .missing, count: schema.fields.count)
    for (guess, member) in members.enumerated() {
      let place = try schema.place(member.name, guess: guess)
      cells[place] = try CellReading.cell(member.value, schema.fields[place])
    }
    // Names are distinct (the JSON reader sees to it), so that equal counts mean that none was left out.
    if members.count == cells.count { return (cells, []) }
    let given = Set(members.map(\.name))
    let absent = schema.fields.indices.filter { !given.contains(schema.fields[$0].name) }
    return (cells, absent.map(schema.absentNote))
  }
}
