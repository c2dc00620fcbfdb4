import Descriptions
import Language

extension VerbCall {
  /// The stage as written, with every option of the description visible: what was given, else its default. For `mlp plan`.
  public func wordsInFull(_ descriptions: Description...) -> String {
    let written = arguments.map(SyntaxPrinter.text)
    var seen: Set<String> = []
    var shown: [String] = []
    for parameter in descriptions.flatMap(\.parameters) where seen.insert(parameter.name).inserted {
      if let value = options.values[parameter.name] {
        shown.append("\(parameter.name): \(value)")
      } else if let value = parameter.fallbackWritten {
        shown.append("\(parameter.name): \(value)")
      }
    }
    // What was given beyond the description: hyperparameters of the algorithm beside them.
    let others = options.values.filter { !seen.contains($0.key) }.sorted { $0.key < $1.key }
    shown += others.map { "\($0.key): \($0.value)" }
    let all = (written + shown).joined(separator: ", ")
    return all.isEmpty ? verb.text : verb.text + " " + all
  }
}
