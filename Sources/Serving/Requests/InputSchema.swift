import Display
import Notation
import Tables

/// A model's raw columns, ready to place the members of many requests.
public struct InputSchema: Sendable {
  public let fields: [Field]
  /// The column that the model predicts, so that a message can say so when it is sent.
  public let label: String?
  private let places: [String: Int]

  public init(_ fields: [Field], label: String?) {
    self.fields = fields
    self.label = label
    places = Dictionary(
      fields.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  /// The place of a column. Members mostly come in the order of the columns, so `guess` is tried first.
  func place(_ name: String, guess: Int) throws(RequestProblem) -> Int {
    if guess < fields.count, fields[guess].name == name { return guess }
    guard let place = places[name] else { throw unknown(name) }
    return place
  }

  private func unknown(_ name: String) -> RequestProblem {
    let shown = CellReading.shown(name)
    if name == label {
      return RequestProblem(
        "unknown-column", "'\(shown)' is what the model predicts, not one of its columns", field: name,
        help: "leave '\(shown)' out")
    }
    let nearest = didYouMean(name, among: fields.map(\.name))
    let help = nearest.map { "did you mean '\($0)'?" } ?? "columns: \(summary)"
    return RequestProblem("unknown-column", "the model has no column '\(shown)'", field: name, help: help)
  }

  private var summary: String {
    let first = fields.prefix(12).map(\.name).joined(separator: ", ")
    return fields.count > 12 ? "\(first), … (\(fields.count))" : first
  }

  /// What an answer says about a column that was left out.
  func absentNote(_ place: Int) -> String { "'\(fields[place].name)' was not given and counts as missing" }
}
