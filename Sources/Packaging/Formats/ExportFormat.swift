import Descriptions
import Expressions
import Scoring

/// A format that a model is exported in, with its column of the support matrix.
public struct ExportFormat: Sendable {
  /// Name, summary, details and standards; `name` is the file's extension without the dot.
  public let description: Description
  public let support: @Sendable (OperatorKind) -> Support
  public let functionSupport: @Sendable (Function) -> Support
  /// The file's bytes. Throws the step that the format cannot hold.
  public let emit: @Sendable (PackageFile) throws(Unsupported) -> [UInt8]

  public var name: String { description.name }
}

/// The formats of models, in the order in which the reference lists them.
public enum ExportFormats {
  public static let all: [ExportFormat] = [onnx, mlpkg]

  /// The format of that name or extension; nil for others.
  public static func named(_ name: String) -> ExportFormat? { all.first { $0.name == name } }

  private static let onnx = ExportFormat(
    description: Description(
      name: "onnx", summary: "A graph for ONNX runtimes, from raw columns to the answer", group: "Model formats",
      details: [
        """
        Every raw column is an input of shape [N, 1]: text as string, all other types as double, bool as 1 and 0, date as \
        days and datetime as microseconds since 1970 in UTC. Missing is not-a-number, and the empty text in a string input.
        """,
        """
        `prediction` has shape [N]: string for text classes, int64 for int classes, bool for bool classes, double for all \
        else. `probabilities` is double of shape [N, classes], in the order of `classes` in the file's metadata.
        """,
        """
        All numbers are doubles, trees included, so that answers agree with the prompt's to 1e-9. Ints are exact to 2^53. \
        Needs a runtime with ai.onnx 21 and ai.onnx.ml 5: onnxruntime 1.20 or later.
        """,
      ],
      references: ["ONNX 1.16: ai.onnx 21, ai.onnx.ml 5, IR version 10", "RE2's pattern syntax"]),
    support: OnnxTarget.support, functionSupport: OnnxTarget.support, emit: OnnxTarget.emit)

  private static let mlpkg = ExportFormat(
    description: Description(
      name: "mlpkg", summary: "The whole model in one file of data, for `load`, `serve` and `mlp serve`",
      group: "Model formats",
      details: [
        """
        Holds the scoring graph in full precision, label, classes, options, metrics and what the training columns looked \
        like. Nothing in it is run as code; a reader checks every place and number before it is used.
        """,
        "The same model gives the same bytes on any machine: no time stamps, and a SHA-256 at the end.",
      ]),
    support: { _ in .full }, functionSupport: { _ in .full }, emit: { MlpkgWriter.bytes($0) })
}
