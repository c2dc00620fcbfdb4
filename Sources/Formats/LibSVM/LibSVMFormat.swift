import Descriptions
import Kernels
import Tables

/// The text format of LIBSVM and SVMlight: a label, then the features that are not zero, each with its number.
public enum LibSVMFormat: TableReading, EncodedTableWriting {
  static let mostFeatures = 10_000

  public static let features = Parameter<Int>(
    "features", "How many features there are: the columns f1 to that number", otherwise: "found from the first 64 KiB",
    .within(1, Double(mostFeatures)))

  public static let description = Description(
    name: "libsvm",
    summary: "The text format of LIBSVM and SVMlight, also in .gz",
    group: "Formats",
    details: [
      """
      A line is a label, for rankings `qid:` and a number, and `number:value` of every feature that is not zero; `#` starts a \
      comment. The columns are `label`, `qid`, and `f1`, `f2` and so on up to the largest number in the first 64 KiB, or `f0` \
      where features are counted from zero there; a feature that a row leaves out is 0. Features are float; the label is int, float, \
      or text where it is several labels with commas between.
      """,
      """
      A feature beyond those of the first 64 KiB is a row error, unless `features` says how many there are. The columns of a table \
      hold every zero: more than \(mostFeatures) features are refused.
      """,
      """
      `export` takes the label from the column `label`, queries from a whole-numbered column `qid`, and every other column, each of \
      numbers, bools or a vector, as a feature: columns all called `f0`, `f1` and so on in rising order keep their numbers, others are \
      counted from 1. A cell of 0 is left out, a missing one is `nan`, true is 1. A text column is an error: `encode` it or leave it out.
      """,
    ],
    parameters: [features],
    examples: [
      Example(
        "write a table and read it again",
        """
        mlp 1
        load iris
        derive label = if species == "setosa" then 1 else -1
        drop species
        export "iris_rows.libsvm"
        load "iris_rows.libsvm"
        schema
        """)
    ],
    otherNames: ["svmlight"],
    otherOptions: ["n_features": "features"],
    references: ["LIBSVM (Chang and Lin)", "SVMlight (Joachims)"])
  public static let endings = ["libsvm", "svm", "svmlight"]
  public static let isCompressible = true

  public static func source(_ path: String, _ request: ReadingRequest) -> any TableSource {
    source(path, bytes: nil, request)
  }

  public static func source(_ bytes: [UInt8], types: [String: ColumnType]) -> any TableSource {
    source("what was written", bytes: bytes, ReadingRequest(expected: types))
  }

  public static func readBack(_ rows: Table) throws(SourceError) -> Table { try LibSVMLayout(rows).read(rows) }

  public static func encoder(_ table: Table) throws(SourceError) -> any TableEncoder { try LibSVMEncoder(table) }

  /// The same over text that is already in memory; `path` is what messages call it.
  package static func source(_ path: String, bytes: [UInt8]?, _ request: ReadingRequest) -> any TableSource {
    let (stated, count) = (request.statedTypes, request.options[features])
    let file = LineFile(path: path, bytes: bytes) { (sample, isWhole) throws(SourceError) in
      guard isWhole || sample.contains(0x0A) else { return nil }
      let survey = try LibSVMSurvey(sample, isWhole: isWhole, path: path)
      return survey.beginning(features: count, stated: stated)
    }
    return TypedSource(file, request)
  }
}
