import Notation

/// How a step is told in a model's record: what is done alike to several columns is told once.
public enum StepWords: Sendable, Hashable {
  /// As it was written.
  case written(String)
  /// `verb column = method`, and what came of it.
  case act(verb: String, column: String, method: String, remark: String? = nil)

  /// More columns than this are not all named.
  private static let most = 6

  /// Each step in words; those that follow each other and do the same to one column each are one.
  public static func grouped(_ steps: [StepWords]) -> [String] {
    var words: [String] = []
    var open: (verb: String, method: String)?
    var columns: [String] = []
    var remarks: [String] = []
    func close() {
      if let ended = open { words.append(told(ended.verb, columns, ended.method, remarks)) }
      (open, columns, remarks) = (nil, [], [])
    }
    for step in steps {
      switch step {
      case .written(let text):
        close()
        words.append(text)
      case .act(let verb, let column, let method, let remark):
        if open.map({ $0 != (verb, method) }) ?? false { close() }
        open = (verb, method)
        columns.append(column)
        if let remark { remarks.append(remark) }
      }
    }
    close()
    return words
  }

  private static func told(_ verb: String, _ columns: [String], _ method: String, _ remarks: [String]) -> String {
    let names = NameList.of(columns, most: most)
    return "\(verb) \(columns.count == 1 ? names : "[\(names)]") = \(method)"
      + (remarks.isEmpty ? "" : " (\(NameList.of(remarks, most: most)))")
  }
}

extension Step {
  /// How a model's record tells it.
  var told: StepWords { if case .feature(let step) = self { step.told } else { .written(words) } }
}
