/// What a step does, as one text made of its structure: the same for equal steps, however they were written, and different for steps
/// that differ in what they compute. By it a model tells which steps of a table it contains itself.
///
/// ASCII alone, so that texts which only look the same are told apart: `derive("age", "months / 12")`.
public struct StepKey: Sendable, Hashable {
  public let text: String

  /// `kind` is what the step is, `parts` what it does it to and how, in a fixed order.
  public init(_ kind: String, _ parts: [String]) {
    text = kind + "(" + parts.map(Self.quoted).joined(separator: ", ") + ")"
  }

  /// The kind of a mask.
  public static let maskKind = "mask"

  /// What the step is.
  public var kind: String { String(text.prefix { $0 != "(" }) }

  /// A key as it was kept.
  public init(text: String) { self.text = text }

  private static func quoted(_ part: String) -> String {
    var quoted = "\""
    for scalar in part.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\" + String(scalar)
      case " "..."~": quoted.unicodeScalars.append(scalar)
      default: quoted += "\\u{" + String(scalar.value, radix: 16) + "}"
      }
    }
    return quoted + "\""
  }
}

extension Step {
  /// What it does, independent of how it was written.
  public var key: StepKey {
    switch self {
    case .select(let names): StepKey("select", names)
    case .drop(let names): StepKey("drop", names.sorted())
    case .rename(let pairs): StepKey("rename", pairs.sorted { $0.old < $1.old }.flatMap { [$0.old, $0.new] })
    case .feature(let step): step.key
    case .choose(let chooser): chooser.key
    case .label(let label):
      StepKey("label", [label.name, label.task.rawValue] + (label.positive.map { [$0.typedText] } ?? []))
    }
  }
}
