import Language

/// A span of time as an option has it: `days(7)`, `hours(6)`, `minutes(30)`, `seconds(5)`.
enum WrittenSpan: String, CaseIterable {
  case days
  case hours
  case minutes
  case seconds

  private var length: Double {
    switch self {
    case .days: 86_400
    case .hours: 3600
    case .minutes: 60
    case .seconds: 1
    }
  }

  /// The seconds that are written; nil where that is no span.
  static func seconds(_ written: Expr) -> Double? {
    guard case .call(let call) = written.kind, let unit = WrittenSpan(rawValue: call.function.text),
      call.arguments.count == 1, call.options.isEmpty, case .literal(let literal) = call.arguments[0].kind
    else { return nil }
    switch literal {
    case .int(let count): return Double(count) * unit.length
    case .float(let count): return count * unit.length
    default: return nil
    }
  }
}
