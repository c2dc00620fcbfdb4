import Display
import Expressions
import Plan
import Scoring
import Tables

/// ONNX: `ai.onnx` 21 and `ai.onnx.ml` 5 (TreeEnsemble), all numbers in double.
///
/// Each raw column is an input of shape [N, 1]: text as string (the empty text stands for missing), every other type as double with
/// not-a-number for missing; bool as 1 and 0, date as days and datetime as microseconds since 1970 in UTC. `prediction` has shape
/// [N]: string for text classes, int64 for int classes, bool for bool classes, double for all else; `probabilities` is double of
/// shape [N, classes], in the order of the metadata's `classes`.
public enum OnnxTarget: GraphTarget {
  public typealias Artefact = [UInt8]

  public static func support(_ kind: OperatorKind) -> Support { OnnxFile.support(kind) }

  public static func emit(_ graph: Graph) throws(Unsupported) -> [UInt8] {
    try OnnxFile.bytes(graph, properties: [])
  }

  /// The model with its name, label and version in the file's metadata.
  public static func emit(_ package: PackageFile) throws(Unsupported) -> [UInt8] {
    let label = package.label.map { [(name: "label", value: $0.name), (name: "task", value: $0.task.rawValue)] } ?? []
    let properties =
      [(name: "name", value: package.name)] + label + [(name: "algorithm", value: package.algorithm)]
    return try OnnxFile.bytes(package.graph, properties: properties, producer: package.madeBy)
  }
}
