import Descriptions
import Kernels
import Tables

/// The text format of LIBSVM and SVMlight: a label, then the features that are not zero, each with its number.
public enum LibSVMFormat: TableReading {
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
    ],
    parameters: [features],
    examples: [
      Example(
        "rows made from a table, and read",
        """
        mlp 1
        load iris
        derive line = (if species == "setosa" then "1" else "-1") + " 1:" + text(petal_length_cm) + " 2:" + text(petal_width_cm)
        select line
        rename `# rows` = line
        export "iris_rows.tsv"
        load "iris_rows.tsv", format: libsvm
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
