import Descriptions
import Language
import Notation

extension VerbCall {
  /// The stage as written, with every option of the description visible: what was given, else its default; passwords of addresses are
  /// masked. For `mlp plan`.
  public func wordsInFull(_ descriptions: Description...) -> String {
    let written = arguments.map(SyntaxPrinter.text)
    var seen: Set<String> = []
    var shown: [String] = []
    for parameter in descriptions.flatMap(\.parameters) where seen.insert(parameter.name).inserted {
      if let value = options.values[parameter.name] {
        let isAsWritten = parameter.meaning == .condition
        shown.append("\(parameter.name): \(isAsWritten ? value.description : value.written)")
      } else if let value = parameter.fallbackWritten {
        shown.append("\(parameter.name): \(value)")
      }
    }
    // What was given beyond the description: hyperparameters of the algorithm beside them.
    let others = options.values.filter { !seen.contains($0.key) }.sorted { $0.key < $1.key }
    shown += others.map { "\($0.key): \($0.value.written)" }
    let all = (written + shown).joined(separator: ", ")
    return Secrets.masked(all.isEmpty ? verb.text : verb.text + " " + all)
  }
}

extension RawValue {
  /// As a script holds it: names that need back quotes stand in them.
  var written: String {
    switch self {
    case .word(let name): ScriptText.name(name)
    case .list(let values): "[" + values.map(\.written).joined(separator: ", ") + "]"
    case .record(let fields): "{" + fields.map(\.written).joined(separator: ", ") + "}"
    case .call(let name, let values, let fields):
      ScriptText.name(name) + "(" + (values.map(\.written) + fields.map(\.written)).joined(separator: ", ") + ")"
    case .missing, .bool, .int, .float, .text, .date, .datetime, .range: description
    }
  }
}

extension RawField {
  fileprivate var written: String { "\(ScriptText.key(name)): \(value.written)" }
}
