/// Whether messages tell cells. Where a script guards columns somewhere they tell none, of any column and any stage: what cannot be read, or
/// does not fit, is often what is guarded, and stages before `classify` read the same cells. The file, the line and the column are told.
enum Discretion {
  @TaskLocal static var isOn = false

  /// A cell's text, or what stands in its place.
  static func told(_ text: String) -> String { isOn ? "***" : text }

  /// A problem in words that may quote a cell: what stands in quotes.
  static func told(quotedIn problem: String) -> String {
    guard isOn, let first = problem.firstIndex(of: "'"), let last = problem.lastIndex(of: "'"), first < last else {
      return problem
    }
    return problem[..<first] + "'***'" + problem[problem.index(after: last)...]
  }
}
