import Descriptions
import Scoring

/// The format of ONNX runtimes.
public enum OnnxFormat: ModelWriting {
  public static let description = Description(
    name: "onnx", summary: "A graph for ONNX runtimes, from raw columns to the answer", group: "Formats",
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
      Needs a runtime with ai.onnx 21 and ai.onnx.ml 5: onnxruntime 1.20 or later. It is written, not read.
      """,
    ],
    examples: [
      Example(
        "a model for another program",
        "mlp 1\nload iris\nlabel species\nsplit test: 0.2, seed: 7\ntrain tree\nexport \"iris.onnx\"")
    ],
    references: ["ONNX 1.16: ai.onnx 21, ai.onnx.ml 5, IR version 10", "RE2's pattern syntax"])
  public static let endings = ["onnx"]

  public static func bytes(_ package: PackageFile) throws(Unsupported) -> [UInt8] { try OnnxTarget.emit(package) }
}
