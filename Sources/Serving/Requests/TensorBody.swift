import Display
import Notation
import Tables

/// The body of an inference request of the Open Inference Protocol, version 2: a tensor per raw column, of shape `[N]` or
/// `[N, 1]`.
///
/// `parameters` are tolerated everywhere. An element that is null is missing, and so is a column without a tensor. A tensor that is no
/// column of the model is passed over and noted, unless the schema is strict.
public enum TensorBody {
  /// O(bytes).
  public static func decode(
    _ bytes: [UInt8], _ schema: InputSchema, _ bounds: RequestBounds = RequestBounds()
  ) throws(RequestProblem) -> InferenceRequest {
    let body = try bounds.json(bytes)
    guard let inputs = body["inputs"]?.elements else {
      throw RequestProblem("wrong-body", "no list 'inputs'", help: "'inputs' is a list of tensors, one a column")
    }
    var columns = [[Cell]?](repeating: nil, count: schema.fields.count)
    var others = OtherColumns(schema)
    for (guess, input) in inputs.enumerated() {
      guard let name = input["name"]?.string else {
        throw RequestProblem("wrong-body", "input \(guess) has no name")
      }
      guard let place = schema.place(name, guess: guess) else {
        try others.add(name)
        continue
      }
      guard columns[place] == nil else {
        throw RequestProblem("wrong-body", "two tensors for '\(name)'", field: name)
      }
      columns[place] = try tensor(input, schema.fields[place], bounds)
    }
    try others.requireInputs(columns.contains { $0 != nil })
    try schema.require(columns.indices.filter { columns[$0] == nil })
    var request = try assembled(columns, schema)
    request.note = others.note(rows: 1)
    request.id = try id(body)
    request.outputs = try outputs(body)
    return request
  }

  private static func tensor(
    _ input: JSONValue, _ field: Field, _ bounds: RequestBounds
  ) throws(RequestProblem) -> [Cell] {
    guard let datatype = input["datatype"]?.string, let kind = TensorType(rawValue: datatype) else {
      throw RequestProblem(
        "wrong-body", "the tensor of '\(field.name)' has no known datatype", field: field.name,
        help: "datatypes: \(TensorType.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    guard kind.carries(field.type) else {
      throw RequestProblem(
        "wrong-type", "'\(field.name)' comes as \(datatype), and the column is of type \(field.type.rawValue)",
        field: field.name, help: "send \(TensorType.of(field.type).rawValue)")
    }
    let rows = try rowCount(input, field)
    try bounds.check(rows: rows)
    guard let data = input["data"]?.elements else {
      throw RequestProblem("wrong-body", "the tensor of '\(field.name)' has no list 'data'", field: field.name)
    }
    let elements = flattened(data)
    guard elements.count == rows else {
      throw RequestProblem(
        "wrong-shape", "'\(field.name)' has \(elements.count) elements, and its shape says \(rows)", field: field.name)
    }
    return try cells(elements, field)
  }

  private static func cells(_ elements: [JSONValue], _ field: Field) throws(RequestProblem) -> [Cell] {
    var cells: [Cell] = []
    cells.reserveCapacity(elements.count)
    for (row, element) in elements.enumerated() {
      do throws(RequestProblem) {
        cells.append(try CellReading.cell(element, field))
      } catch {
        throw elements.count > 1 ? error.at(row: row) : error
      }
    }
    return cells
  }

  /// The first of the dimensions `[N]` or `[N, 1]`.
  private static func rowCount(_ input: JSONValue, _ field: Field) throws(RequestProblem) -> Int {
    let shape = input["shape"]?.elements?.map(\.int)
    guard let shape, let first = shape.first, let rows = first.flatMap({ Int(exactly: $0) }), rows >= 0,
      shape.count == 1 || (shape.count == 2 && shape[1] == 1)
    else {
      throw RequestProblem(
        "wrong-shape", "the tensor of '\(field.name)' is not of shape [N] or [N, 1]", field: field.name)
    }
    return rows
  }

  /// Data may be flat or nested by rows (`[[1], [2]]`); only one level is undone, since there is no other shape.
  private static func flattened(_ data: [JSONValue]) -> [JSONValue] {
    guard case .array? = data.first else { return data }
    return data.flatMap { $0.elements ?? [$0] }
  }

  private static func assembled(
    _ columns: [[Cell]?], _ schema: InputSchema
  ) throws(RequestProblem) -> InferenceRequest {
    let count = columns.lazy.compactMap { $0?.count }.first ?? 0
    for (place, column) in columns.enumerated() {
      guard column.map({ $0.count == count }) ?? true else {
        let name = schema.fields[place].name
        throw RequestProblem(
          "wrong-shape", "'\(name)' has \(column?.count ?? 0) rows, and the first tensor has \(count)", field: name)
      }
    }
    let rows = (0..<count).map { row in columns.map { $0?[row] ?? .missing } }
    let absent = columns.indices.filter { columns[$0] == nil }.map(schema.absentNote)
    let notes = absent.isEmpty ? [] : [[String]](repeating: absent, count: count)
    return InferenceRequest(rows: rows, notes: notes)
  }

  private static func id(_ body: JSONValue) throws(RequestProblem) -> String? {
    guard let id = body["id"], !id.isNull else { return nil }
    guard let text = id.string, text.utf8.count <= 256 else {
      throw RequestProblem("wrong-body", "'id' is not a string of at most 256 bytes")
    }
    return text
  }

  private static func outputs(_ body: JSONValue) throws(RequestProblem) -> [InferenceOutput]? {
    guard let elements = body["outputs"]?.elements, !elements.isEmpty else { return nil }
    var outputs: [InferenceOutput] = []
    for element in elements {
      guard let name = element["name"]?.string, let output = InferenceOutput(rawValue: name) else {
        throw RequestProblem("unknown-output", "no such output", help: "outputs: prediction, probabilities")
      }
      if !outputs.contains(output) { outputs.append(output) }
    }
    return outputs
  }
}
