import Expressions
import Plan
import Scoring
import Tables

/// A mask that looks at each cell by itself, so that a model can put it on a row that it is given.
public enum MaskMethod: Sendable, Hashable {
  /// `***` in the place of every cell.
  case redact
  /// Most of the text starred.
  case partial
  /// A keyed code of the text.
  case token(MaskKey.Place)
  case hash(MaskKey.Place)
  /// The text encrypted, which `Decrypt` takes back.
  case encrypt(MaskKey.Place)
  /// The beginning of the step of that width that a number lies in, or so many characters of a text.
  case generalise(Double)
  /// The beginning of the period that a date lies in: `month`.
  case period(String)
  /// As `generalise`, by a width that the training part tells; what lies far out stands with the last step.
  case bin

  /// The periods that dates are generalised to.
  public static let periods = ["year", "quarter", "month", "week", "day", "hour"]

  /// As it is written in a script.
  public var word: String {
    switch self {
    case .redact: Sensitivity.redaction
    case .partial: "partial"
    case .token: "token"
    case .hash: "hash"
    case .encrypt: "encrypt"
    case .generalise(let width): "generalise(\(Int64(exactly: width).map { "\($0)" } ?? "\(width)"))"
    case .period(let unit): "generalise(\(unit))"
    case .bin: "bin"
    }
  }

  public var keyPlace: MaskKey.Place? {
    switch self {
    case .token(let place), .hash(let place), .encrypt(let place): place
    case .redact, .partial, .generalise, .period, .bin: nil
    }
  }

  /// The type of what it gives for cells of a type; nil where it does not take them.
  func result(_ type: ColumnType) -> ColumnType? {
    switch self {
    case .redact: .text
    case .partial, .token, .hash, .encrypt: type == .vector ? nil : .text
    case .generalise(let width):
      switch type {
      case .int: width.rounded() == width ? .int : .float
      case .float: .float
      case .text: width.rounded() == width ? .text : nil
      case .bool, .date, .datetime, .vector: nil
      }
    case .period(let unit):
      type == .datetime || type == .date && unit != "hour" ? type : nil
    case .bin: type.isNumeric ? type : nil
    }
  }
}

/// The steps that numbers are put on: from the beginning of one to that of the next is `width`, and what lies below the first or above the
/// last stands with them.
struct NumberSteps: Sendable, Hashable {
  let width: Double
  let first: Double?
  let last: Double?

  /// The beginning of the step that a value lies in.
  func expression(of value: Expression) -> Expression {
    var step: Expression
    if value.type == .int, let whole = Int64(exactly: width) {
      step = .call(.multiply, [.call(.floorDivide, [value, .literal(.int(whole))]), .literal(.int(whole))])
    } else {
      let count = Expression.call(.floor, [.call(.divide, [value, .literal(.float(width))])])
      step = .call(.multiply, [count, .literal(.float(width))])
    }
    if let first { step = .call(.max, [step, literal(first, step.type)]) }
    if let last { step = .call(.min, [step, literal(last, step.type)]) }
    return step
  }

  private func literal(_ value: Double, _ type: ColumnType) -> Expression {
    if type == .int, let whole = Int64(exactly: value) { return .literal(.int(whole)) }
    return .literal(.float(value))
  }
}
