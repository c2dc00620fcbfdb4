import Display
import Notation
import Tables

/// The body of `POST /v1/predict`: one object, a list of objects, or `{"rows": [objects]}`.
///
/// A column that is left out counts as missing and is noted, null is missing, and a column that the model does not have is passed
/// over and noted; a strict schema takes all of the columns and no others. A value of another type is a problem that names the column
/// and the row, and so are other columns without any of the model's.
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
    var reading = RowReading(schema)
    let row = try reading.row(members)
    return InferenceRequest(
      rows: [row.cells], notes: row.notes.isEmpty ? [] : [row.notes], note: try reading.note(rows: 1), isSingle: true)
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
    var reading = RowReading(schema)
    for (place, element) in elements.enumerated() {
      do throws(RequestProblem) {
        guard let members = element.members else {
          throw RequestProblem(
            "wrong-body", "a row is \(CellReading.described(element))",
            help: "each row is an object: {\"column\": value}")
        }
        let row = try reading.row(members)
        request.rows.append(row.cells)
        if !row.notes.isEmpty, request.notes.isEmpty {
          request.notes = [[String]](repeating: [], count: elements.count)
        }
        if !row.notes.isEmpty { request.notes[place] = row.notes }
      } catch {
        throw error.at(row: place)
      }
    }
    request.note = try reading.note(rows: elements.count)
    return request
  }
}

/// Reads the rows of one request.
private struct RowReading {
  private let schema: InputSchema
  private var others: OtherColumns
  private var isAnyGiven = false

  init(_ schema: InputSchema) {
    self.schema = schema
    others = OtherColumns(schema)
  }

  mutating func row(_ members: [JSONMember]) throws(RequestProblem) -> (cells: [Cell], notes: [String]) {
    var cells = [Cell](repeating: .missing, count: schema.fields.count)
    var known = 0
    for member in members {
      guard let place = schema.place(member.name, guess: known) else {
        try others.add(member.name)
        continue
      }
      cells[place] = try CellReading.cell(member.value, schema.fields[place])
      known += 1
    }
    if known > 0 { isAnyGiven = true }
    // Names are distinct (the JSON reader sees to it), so that equal counts mean that none was left out.
    if known == cells.count { return (cells, []) }
    let given = Set(members.map(\.name))
    let absent = schema.fields.indices.filter { !given.contains(schema.fields[$0].name) }
    try schema.require(absent)
    return (cells, absent.map(schema.absentNote))
  }

  /// What is to be said of the request, after its rows were read.
  func note(rows: Int) throws(RequestProblem) -> String? {
    try others.requireInputs(isAnyGiven)
    return others.note(rows: rows)
  }
}
