import Descriptions
import Language

/// `80/20` and `70/15/15` where a verb has options for the shares: `train: 0.8, test: 0.2`.
struct SharesAdvice {
  let text: String

  /// nil where the verb has no shares, or these are not all of something.
  init?(_ written: Expr, for description: Description) {
    guard let parts = Self.parts(written), parts.count == 2 || parts.count == 3 else { return nil }
    let names = parts.count == 2 ? ["train", "test"] : ["train", "valid", "test"]
    guard names.allSatisfy({ description.parameter($0) != nil }) else { return nil }
    let total = parts.reduce(0, +)
    guard total == 100 || total == 1 || total == 10 else { return nil }
    text = zip(names, parts).map { "\($0): \(SyntaxPrinter.text(.float($1 / total)))" }.joined(separator: ", ")
  }

  private static func parts(_ written: Expr) -> [Double]? {
    switch written.kind {
    case .literal(.int(let part)) where part > 0: [Double(part)]
    case .literal(.float(let part)) where part > 0: [part]
    case .binary(.divide, let left, let right):
      if let first = parts(left), let last = parts(right) { first + last } else { nil }
    default: nil
    }
  }
}
