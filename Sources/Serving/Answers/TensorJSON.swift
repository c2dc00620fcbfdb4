import Display
import Notation
import Tables

/// Writes the answers of the Open Inference Protocol, version 2.
enum TensorJSON {
  /// The answer to an inference request: tensors `prediction` of shape `[N]` and, for a classifier, `probabilities` of
  /// shape `[N, classes]`. Remarks about the request and its rows go into the parameter `notes`, since parameters are plain values.
  static func answer(
    _ rows: [ScoredRow], of request: InferenceRequest, _ model: any ServedModel, requestID: String
  ) -> [UInt8] {
    let wanted = request.outputs ?? InferenceOutput.allCases
    var outputs: [JSONValue] = []
    for output in wanted {
      switch output {
      case .prediction: outputs.append(prediction(rows, model))
      case .probabilities where !model.classes.isEmpty: outputs.append(probabilities(rows, model))
      case .probabilities: continue
      }
    }
    var members = [
      JSONMember("model_name", .string(model.name)), JSONMember("model_version", .string(model.version)),
      JSONMember("id", .string(request.id ?? requestID)),
    ]
    let notes = self.notes(rows, request)
    if !notes.isEmpty {
      members.append(JSONMember("parameters", .object([JSONMember("notes", .string(notes))])))
    }
    members.append(JSONMember("outputs", .array(outputs)))
    return JSONValue.object(members).bytes
  }

  /// The answer to `GET /v2/models/NAME`.
  static func metadata(_ model: any ServedModel) -> [UInt8] {
    let inputs = model.inputs.map { described($0.name, TensorType.of($0.type), [-1]) }
    var outputs = [described("prediction", TensorType.of(model.predictionType), [-1])]
    if !model.classes.isEmpty {
      outputs.append(described("probabilities", .FP64, [-1, Int64(model.classes.count)]))
    }
    return JSONValue.object([
      JSONMember("name", .string(model.name)), JSONMember("versions", .array([.string(model.version)])),
      JSONMember("platform", .string("mlp")), JSONMember("inputs", .array(inputs)),
      JSONMember("outputs", .array(outputs)),
      JSONMember("classes", .array(model.classes.map(element))),
    ]).bytes
  }

  private static func described(_ name: String, _ type: TensorType, _ shape: [Int64]) -> JSONValue {
    .object([
      JSONMember("name", .string(name)), JSONMember("datatype", .string(type.rawValue)),
      JSONMember("shape", .array(shape.map(JSONValue.int))),
    ])
  }

  private static func prediction(_ rows: [ScoredRow], _ model: any ServedModel) -> JSONValue {
    tensor(
      "prediction", TensorType.of(model.predictionType), [Int64(rows.count)], rows.map { element($0.prediction) })
  }

  private static func probabilities(_ rows: [ScoredRow], _ model: any ServedModel) -> JSONValue {
    tensor(
      "probabilities", .FP64, [Int64(rows.count), Int64(model.classes.count)],
      rows.flatMap { $0.probabilities.map(JSONValue.double) })
  }

  private static func tensor(_ name: String, _ type: TensorType, _ shape: [Int64], _ data: [JSONValue]) -> JSONValue {
    .object([
      JSONMember("name", .string(name)), JSONMember("datatype", .string(type.rawValue)),
      JSONMember("shape", .array(shape.map(JSONValue.int))), JSONMember("data", .array(data)),
    ])
  }

  private static func element(_ cell: Cell) -> JSONValue {
    switch cell {
    case .missing: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .float(let value): .double(value)
    case .text, .date, .datetime: .string(cell.description)
    case .vector(let values): .array(values.map(JSONValue.double))
    }
  }

  private static func notes(_ rows: [ScoredRow], _ request: InferenceRequest) -> String {
    let ofRows = rows.indices.flatMap { row in (request.notes(row) + rows[row].notes).map { "row \(row): \($0)" } }
    return ((request.note.map { [$0] } ?? []) + ofRows).joined(separator: "\n")
  }
}
