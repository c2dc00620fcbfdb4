import Descriptions
import Plan
import Scoring
import Tables

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
      What is inside is named by its step, `impute_age_median/Where`, and each input and output says what it holds. \
      `graph_sha256` in the metadata tells models apart; its first 12 digits, as a number, are the model's version.
      """,
      """
      Before the file takes its place, its bytes are read back and run on a sample with missing and unseen values; an \
      answer that is not the model's, to 1e-9, is the error `export-differs`.
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

  public static func check(_ bytes: [UInt8], _ package: PackageFile, on rows: Table) throws(ExportFault) {
    try OnnxCheck.check(bytes, package.graph, on: rows)
  }
}
