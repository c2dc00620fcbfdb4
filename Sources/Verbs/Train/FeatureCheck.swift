import Diagnostics
import Interpreter
import Notation
import Plan

/// Whether the features may be learned from: set arithmetic on where columns come from, before any row is read.
struct FeatureCheck {
  private let leaks: [(feature: String, reason: String, help: String)]
  private let isEmpty: Bool

  init(_ schema: RelationSchema) {
    guard let label = schema.label else {
      leaks = []
      isEmpty = false
      return
    }
    isEmpty = schema.features.isEmpty && !schema.isOpen
    leaks = schema.features.compactMap { name in
      guard let facts = schema.facts(of: name) else { return nil }
      let shared = facts.origins.intersection(label.origins).sorted()
      guard let origin = shared.first else { return nil }
      let isSource = facts.origins == [name] && name == origin
      let reason =
        isSource && label.name != origin
        ? "the label '\(label.name)' is made from '\(name)', which is still a feature"
        : "the feature '\(name)' is made from '\(origin)', and so is the label '\(label.name)'"
      return (name, reason, "\(ScriptText.code("drop \(ScriptText.name(name))")) before `train`")
    }
  }

  /// Reports `label-leak` for every feature that shares an origin with the label.
  func report(at range: SourceRange, _ sink: inout DiagnosticSink) {
    for leak in leaks {
      sink.report(.labelLeak, leak.reason, at: range, label: leak.help)
    }
    if isEmpty { sink.report(.unexpectedArgument, "there is no feature to learn from", at: range) }
  }
}
