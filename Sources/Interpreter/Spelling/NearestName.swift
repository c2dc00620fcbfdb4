import Descriptions
import Diagnostics
import Notation
import Tables

/// Words for a misspelt name.
public enum NearestName {
  /// `did you mean 'age'?`, or nil when no candidate is near.
  public static func hint(_ name: String, in candidates: some Sequence<String>) -> String? {
    didYouMean(name, among: Array(candidates)).map(question)
  }

  /// The text among cells that is nearest to one, as a script writes it; nil when none is near, and where no cell is told.
  public static func value(_ asked: Cell, in values: [Cell]) -> String? {
    guard !Discretion.isOn, case .text(let text) = asked else { return nil }
    let texts = values.compactMap { if case .text(let value) = $0 { value } else { nil } }
    return didYouMean(text, among: texts).map { RawValue.text($0).description }
  }

  /// The name as it is written: one that needs back quotes stands in them.
  static func question(_ name: String) -> String {
    ScriptText.isPlainName(name) ? "did you mean '\(name)'?" : "did you mean \(ScriptText.quoted(name))?"
  }
}

/// A list of names for a message: at most `limit` of them, and the number of all where some are left out.
func listed(_ names: [String], limit: Int = 8) -> String {
  guard names.count > limit else { return names.joined(separator: ", ") }
  return names.prefix(limit).joined(separator: ", ") + ", … (\(names.count))"
}
