import Display
import Notation
import Tables

/// A model's raw columns, ready to place the members of many requests.
public struct InputSchema: Sendable {
  public let fields: [Field]
  /// The column that the model predicts, so that a message can say so when it is sent.
  public let label: String?
  /// Whether a request has to send all of the columns and no others.
  public let isStrict: Bool
  private let places: [String: Int]

  public init(_ fields: [Field], label: String?, strict: Bool = false) {
    self.fields = fields
    self.label = label
    isStrict = strict
    places = Dictionary(
      fields.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  /// The place of a column; nil for a name that is none. Members mostly come in the order of the columns, so `guess` is tried first.
  func place(_ name: String, guess: Int) -> Int? {
    guess < fields.count && fields[guess].name == name ? guess : places[name]
  }

  /// What to send in place of a name that is no column.
  func help(_ name: String) -> String {
    if name == label { return "it is what the model predicts; columns: \(summary)" }
    return didYouMean(name, among: fields.map(\.name)).map { "did you mean '\($0)'?" } ?? "columns: \(summary)"
  }

  /// Throws `unknown-column` for a column that was left out where none may be.
  func require(_ absent: [Int]) throws(RequestProblem) {
    guard isStrict, let name = absent.first.map({ fields[$0].name }) else { return }
    throw RequestProblem(
      "unknown-column", "'\(CellReading.shown(name))' was not sent, and the model takes it", field: name,
      help: "send null where it is missing")
  }

  private var summary: String {
    let first = fields.prefix(12).map(\.name).joined(separator: ", ")
    return fields.count > 12 ? "\(first), … (\(fields.count))" : first
  }

  /// What an answer says about a column that was left out.
  func absentNote(_ place: Int) -> String { "'\(fields[place].name)' was not given and counts as missing" }
}
