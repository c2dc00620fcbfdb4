import Display
import Notation
import Tables

/// Writes what a model said of a request's rows: `{"prediction": …, "probabilities": {class: p}, "notes": […]}` each.
///
/// A regression has no `probabilities`. A list was sent, a list is given, with `notes` about it as a whole where there are any; for one
/// object, one object.
struct PredictionJSON: Sendable {
  /// `"class":` for each class, as it stands before a probability.
  private let keys: [[UInt8]]
  /// `,"model":…,"version":…,"request_id":`
  private let origin: [UInt8]

  init(_ model: any ServedModel) {
    keys = model.classes.map { JSONValue.string($0.description).bytes + [UInt8(ascii: ":")] }
    var origin = Array(",\"model\":".utf8)
    JSONText.append(model.name, to: &origin)
    origin.append(contentsOf: ",\"version\":".utf8)
    JSONText.append(model.version, to: &origin)
    origin.append(contentsOf: ",\"request_id\":".utf8)
    self.origin = origin
  }

  /// The predictions alone, as the request log keeps them.
  func predictions(_ rows: [ScoredRow], of request: InferenceRequest) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * (48 + keys.count * 32) + 128)
    if request.isSingle, let row = rows.first {
      append(row, request.notes(0), to: &bytes)
      return bytes
    }
    CellJSON.appendList(Array(rows.indices), to: &bytes) { append(rows[$0], request.notes($0), to: &$1) }
    return bytes
  }

  /// The whole answer around its predictions.
  func answer(_ predictions: [UInt8], of request: InferenceRequest, requestID: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(predictions.count + origin.count + 64)
    if request.isSingle {
      bytes.append(contentsOf: predictions.dropLast())
    } else {
      bytes.append(contentsOf: "{\"predictions\":".utf8)
      bytes.append(contentsOf: predictions)
      if let note = request.note {
        bytes.append(contentsOf: ",\"notes\":".utf8)
        CellJSON.append([note], to: &bytes)
      }
    }
    bytes.append(contentsOf: origin)
    JSONText.append(requestID, to: &bytes)
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  private func append(_ row: ScoredRow, _ notes: [String], to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "{\"prediction\":".utf8)
    CellJSON.append(row.prediction, to: &bytes)
    if !keys.isEmpty {
      bytes.append(contentsOf: ",\"probabilities\":".utf8)
      for (place, (key, probability)) in zip(keys, row.probabilities).enumerated() {
        bytes.append(place == 0 ? UInt8(ascii: "{") : UInt8(ascii: ","))
        bytes.append(contentsOf: key)
        JSONText.append(probability, to: &bytes)
      }
      bytes.append(contentsOf: row.probabilities.isEmpty ? "{}".utf8 : "}".utf8)
    }
    bytes.append(contentsOf: ",\"notes\":".utf8)
    CellJSON.append(notes.isEmpty ? row.notes : notes + row.notes, to: &bytes)
    bytes.append(UInt8(ascii: "}"))
  }
}
