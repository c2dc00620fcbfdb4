import Descriptions
import Diagnostics
import Interpreter
import Plan
import Training

/// `outliers spend, method: iqr, k: 1.5, do: drop`
enum OutliersVerb: Verb {
  /// What becomes of outliers.
  enum Act: String, ChoiceValue {
    case drop, clip, missing, flag

    /// The word is the language's own.
    static func read(_ raw: Descriptions.RawValue) -> Act? {
      raw == .missing ? .missing : raw.string.flatMap(Act.init(rawValue:))
    }

    /// For what is done to cells, and not to rows.
    var step: Outliers.Act? {
      switch self {
      case .drop: nil
      case .clip: .clip
      case .missing: .missing
      case .flag: .flag
      }
    }
  }

  static let method = Parameter<OutlierRule.Method>("method", "What numbers are measured by", default: .iqr)
  static let k = Parameter<Double>(
    "k", "How far out an outlier lies, in the method's measure", otherwise: "1.5 for `iqr`, 3 for `z`, 3.5 for `mad`",
    .above(0))
  static let act = Parameter<Act>("do", "What becomes of outliers", default: .drop)

  static let description = Description(
    name: "outliers", summary: "Leave out, clip, empty or flag numbers that lie far from the others", group: "Shape",
    signature: "Table → Table · Split → Split",
    details: [
      "`iqr` measures from the quartiles in their distance, `z` from the mean in standard deviations, `mad` from the median in 1.4826 median distances from it. The fences are shown with how many cells lie below and above. Missing cells are no outliers, and a column whose middle half is one value has none.",
      "`drop` leaves rows out: of all parts before `split`, of the training part alone after it, where it belongs for a model. `clip` puts the fence in the place of what lies behind it, `missing` empties the cell, `flag` adds a bool column NAME_outlier: these three travel inside the model, with the fences of the training part.",
    ],
    positionals: [Positional("columns", .columns, "columns of numbers", minimum: 1, maximum: nil)],
    parameters: [method, k, act],
    examples: [
      Example("rows of the training part", "load diamonds\nlabel price\nsplit seed: 7\noutliers carat, depth\nshow"),
      Example("clipped", "load titanic\noutliers age, method: mad, do: clip\nprofile age"),
      Example("flagged", "load diamonds\noutliers numeric(), k: 3, do: flag\nshow"),
    ],
    otherNames: [
      "remove_outliers", "drop_outliers", "winsorize", "winsorise", "zscore", "IsolationForest", "identify_outliers",
      "anomalies",
    ],
    otherOptions: ["threshold": "k", "factor": "k", "coef": "k", "sigma": "k", "action": "do"],
    references: [
      "Tukey (1977), Exploratory Data Analysis", "Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers",
    ])
  static let subjects: Set<SubjectKind> = [.table, .split]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let columns = call.columns(in: schema, &sink) else { return nil }
    for column in columns {
      guard let type = schema.facts(of: column)?.type else { return call.open(subject) }
      guard type.isNumeric else {
        sink.report(
          .wrongType, "'\(column)' is \(type.rawValue), and outliers are numbers", at: range(of: column, call),
          help: type == .text ? ["`fix \(column) = number` reads numbers in texts"] : [])
        return nil
      }
    }
    let method = call.options.value(method, else: .iqr)
    let rule = OutlierRule(method, k: call.options[k] ?? method.k)
    guard let act = call.options.value(act, else: .drop).step else {
      return .recording([.choose(OutlierRows(columns, rule))], on: subject, call, &sink)
    }
    if let label = schema.label?.name, columns.contains(label) {
      sink.report(.labelLeak, "'\(label)' is the label; change it before `label`", at: range(of: label, call))
      return nil
    }
    if act == .flag, let taken = columns.map(Outliers.flagColumn).first(where: { schema.facts(of: $0) != nil }) {
      sink.report(EngineError(.column(.taken(taken))), at: call.range)
      return nil
    }
    let steps = columns.map { Step.feature(Outliers($0, rule, act)) }
    return .recording(steps, on: subject, call, &sink)
  }

  private static func range(of column: String, _ call: VerbCall) -> SourceRange {
    let written = call.positionals.first { if case .name(column) = $0.kind { true } else { false } }
    return written?.range ?? call.range
  }
}
