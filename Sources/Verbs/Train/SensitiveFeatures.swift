import Diagnostics
import Interpreter
import Notation
import Plan

/// Whether the features may be learned from as sensitive as they are: set arithmetic on levels and masks, before any row is read.
struct SensitiveFeatures {
  private var found: [(reason: String, help: String)] = []

  init(_ schema: RelationSchema) {
    for name in schema.features { check(name, schema.sensitivity(of: [name])) }
    if let label = schema.label?.name, let words = schema.sensitivity(of: [label]).atHand {
      found.append(Self.unrepeatable(label, words, "the label"))
    }
  }

  /// Reports `sensitive-feature` for each that may not.
  func report(at range: SourceRange, _ sink: inout DiagnosticSink) {
    for (reason, help) in found { sink.report(.sensitiveFeature, reason, at: range, help: [help]) }
  }

  private mutating func check(_ name: String, _ sensitivity: Sensitivity) {
    let written = ScriptText.name(name)
    if sensitivity.isBarred {
      found.append(
        (
          "the feature '\(name)' is restricted",
          "\(ScriptText.code("drop \(written)")) or \(ScriptText.code("mask \(written) = redact")) before `train`, or give `classify` a `waiver:` with its reason"
        ))
    } else if sensitivity.isUnmasked {
      found.append(
        (
          "the feature '\(name)' is confidential and not masked",
          "\(ScriptText.code("mask \(written) = …")) or \(ScriptText.code("drop \(written)")) before `train`"
        ))
    } else if let words = sensitivity.atHand {
      found.append(Self.unrepeatable(name, words, "the feature"))
    } else if let words = sensitivity.kept {
      found.append(
        (
          "the feature '\(name)' comes from `\(words)`, which keeps cells of a guarded column inside the model",
          "put the mask before that stage"
        ))
    }
  }

  private static func unrepeatable(_ name: String, _ words: String, _ role: String) -> (String, String) {
    (
      "\(role) '\(name)' comes from `\(words)`, which changes the rows at hand alone: a model could not do it again",
      "redact, partial, generalise, bin, token, hash and encrypt travel inside the model"
    )
  }
}
