import Descriptions
import Diagnostics
import Interpreter
import Language
import Plan
import Training

extension SplitVerb {
  private static let microsecond = 1e6

  /// The width of the gap as `SplitRequest` has it, 0 for none; nil after reporting an error.
  static func gapWidth(
    _ call: VerbCall, _ request: SplitRequest, _ schema: RelationSchema, _ sink: inout DiagnosticSink
  ) -> Double? {
    guard let written = call.options[gap] else { return 0 }
    let range = call.optionRanges[gap.name]
    guard let time = request.time else {
      sink.report(.badOption, "'gap' goes with time", at: range, label: "for example time: date, gap: days(7)")
      return nil
    }
    let type = schema.facts(of: time)?.type
    let isMoment = type?.isTemporal ?? false
    guard type?.isNumeric ?? true || isMoment else {
      sink.report(.badOption, "'\(time)' has neither times nor numbers to keep a gap between", at: range)
      return nil
    }
    let span = call.optionExpressions[gap.name].flatMap(WrittenSpan.seconds)
    let width = isMoment ? span.map { $0 * microsecond } : span == nil ? written.number : nil
    guard let width, width > 0, width.isFinite else {
      sink.report(
        .badOption,
        isMoment
          ? "'gap' takes a span of time, as '\(time)' has times" : "'gap' takes a number, as '\(time)' has numbers",
        at: range, label: isMoment ? "for example gap: days(7)" : "for example gap: 7")
      return nil
    }
    return width
  }

  /// Whether nothing is asked for that drawing by content cannot keep.
  static func isSound(byHash call: VerbCall, _ request: SplitRequest, _ sink: inout DiagnosticSink) -> Bool {
    let others = [("stratify", request.stratify), ("time", request.time), ("using", request.using)]
    guard call.options[by] == "hash", let (option, _) = others.first(where: { $0.1 != nil }) else { return true }
    sink.report(
      .badOption, "by: hash cannot be combined with '\(option)': what a row holds alone decides its part",
      at: call.optionRanges[by.name])
    return false
  }
}
