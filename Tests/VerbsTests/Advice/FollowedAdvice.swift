import Diagnostics
import Foundation
import Interpreter

@testable import Verbs

/// A script that is checked, mended as its first error says word by word, and checked again, until it is sound or an error says nothing.
struct FollowedAdvice {
  private(set) var text: String
  private(set) var diagnostics: [Diagnostic] = []
  /// The texts that it went through, for a failed test.
  private(set) var steps: [String] = []

  init(_ script: String) {
    text = script
    for _ in 0..<20 {
      let source = SourceFile(name: "typed.mlp", text: text)
      diagnostics = Scripts.session().check(source).diagnostics
      guard let first = diagnostics.first(where: { $0.severity == .error }), let rewrite = Self.rewrite(first) else {
        return
      }
      text =
        source[SourceRange(0, rewrite.range.start)] + rewrite.text
        + source[SourceRange(rewrite.range.end, source.bytes.count)]
      steps.append(text)
    }
  }

  var isSound: Bool { !diagnostics.contains { $0.severity == .error } }

  /// What the diagnostic says to write: its rewriting, or the word of `did you mean 'age'?` and `here it is 'show'` in its place.
  private static func rewrite(_ diagnostic: Diagnostic) -> Rewrite? {
    if let rewrite = diagnostic.rewrite { return rewrite }
    guard let label = diagnostic.label, let range = diagnostic.range else { return nil }
    for (start, end) in [("did you mean '", "'?"), ("did you mean ", "?"), ("here it is '", "'")]
    where label.hasPrefix(start) && label.hasSuffix(end) {
      let word = String(label.dropFirst(start.count).dropLast(end.count))
      // A file's name stands in the quotes that it was written in.
      return Rewrite(range, diagnostic.code == .fileNotFound ? "\"\(word)\"" : word)
    }
    return nil
  }
}

extension FollowedAdvice: CustomStringConvertible {
  var description: String {
    let told = diagnostics.map { "\($0.code.rawValue): \($0.message) [\($0.label ?? "")]" }
    return (steps + told).joined(separator: "\n---\n")
  }
}
