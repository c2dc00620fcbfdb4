import Display
import Kernels
import Notation
import Scoring
import Tables

extension OnnxFile {
  /// The first digits of the hash are the number of the model's version: all programs hold so many exactly.
  private static let versionDigits = 12

  func model(_ type: OnnxType) -> [UInt8] {
    let hash = hash
    var model = ProtobufWriter()
    model.int(1, 10)
    model.text(2, "mlp")
    model.text(3, producer)
    model.int(5, Int64(hash.prefix(Self.versionDigits), radix: 16) ?? 0)
    model.text(6, summary)
    model.message(7) { writeGraph(type, to: &$0) }
    for (domain, version) in [("", 21), ("ai.onnx.ml", 5)] as [(String, Int64)] {
      model.message(8) {
        $0.text(1, domain)
        $0.int(2, version)
      }
    }
    for (name, value) in properties + metadata + [(name: "graph_sha256", value: hash)] {
      model.message(14) {
        $0.text(1, name)
        $0.text(2, value)
      }
    }
    return model.bytes
  }

  /// Of the scoring graph: models that answer alike by the same steps have the same.
  private var hash: String {
    var writer = ByteWriter()
    writer.graph(graph)
    return SHA256.digest(writer.bytes).map { $0 < 16 ? "0\(String($0, radix: 16))" : String($0, radix: 16) }.joined()
  }

  private func writeGraph(_ type: OnnxType, to writer: inout ProtobufWriter) {
    let parts = lowering.builder.written(for: Self.outputs)
    writer.append(parts.nodes)
    writer.text(2, "mlp")
    writer.append(parts.initializers)
    for field in inputs {
      writer.message(11) {
        Self.write(field.name, field.type == .text ? .string : .double, places: 1, Self.unit(field.type), to: &$0)
      }
    }
    writer.message(12) { Self.write(Self.outputs[0], type, places: nil, "the answer for each row", to: &$0) }
    if graph.probabilities != nil {
      writer.message(12) { Self.write(Self.outputs[1], .double, places: graph.classes.count, classes, to: &$0) }
    }
  }

  /// What the file says of itself.
  private var summary: String {
    let answer = graph.probabilities == nil ? "" : "; probabilities: \(classes)"
    return "Inputs are raw columns, one row of each tensor a row\(answer)"
  }

  private var classes: String {
    "one a class, in this order: \(graph.classes.map(\.description).joined(separator: ", "))"
  }

  /// What an input of a type holds.
  private static func unit(_ type: ColumnType) -> String {
    switch type {
    case .text: "text; the empty text is missing"
    case .bool: "1 for true, 0 for false; not-a-number is missing"
    case .int: "whole number; not-a-number is missing"
    case .float, .vector: "number; not-a-number is missing"
    case .date: "days since 1970-01-01; not-a-number is missing"
    case .datetime: "microseconds since 1970-01-01T00:00:00Z; not-a-number is missing"
    }
  }

  /// A ValueInfoProto for `N` rows, and so many places in each where there are places.
  private static func write(
    _ name: String, _ type: OnnxType, places: Int?, _ words: String, to writer: inout ProtobufWriter
  ) {
    writer.text(1, name)
    writer.message(2) {
      $0.message(1) {
        $0.int(1, type.rawValue)
        $0.message(2) {
          $0.message(1) { $0.text(2, "N") }
          if let places { $0.message(1) { $0.int(1, Int64(places)) } }
        }
      }
    }
    writer.text(3, words)
  }

  private var metadata: [(name: String, value: String)] {
    [
      ("classes", JSONValue.array(graph.classes.map { JSONValue($0) }).text),
      ("input_types", JSONValue.object(inputs.map { JSONMember($0.name, .string($0.type.rawValue)) }).text),
      ("prediction_type", predictionType.rawValue),
      ("missing", "the empty text in a string input, not-a-number in a double one"),
    ]
  }

  private var predictionType: ColumnType {
    if case .column(let type) = graph.nodes[graph.prediction].output { type } else { .float }
  }
}
