import Display
import Plan
import Tables

extension [FilledColumn] {
  /// In one line, each column named where there are several.
  var words: String {
    count == 1 ? first?.words ?? "" : map { "\($0.column): \($0.words)" }.joined(separator: "; ")
  }
}

extension FilledColumn {
  /// `28 for 263 missing, mean 29.9 → 29.5, sd 14.4 → 12.9`
  fileprivate var words: String {
    if filled == 0 { return "nothing to fill with: \(left) left missing" }
    let filled = (isFitted ? value : nil).map { "\($0.figure) for \(self.filled) missing" } ?? "\(self.filled) filled"
    return filled + (left > 0 ? ", \(left) left missing" : "") + effect
  }

  private var effect: String {
    guard let before, let after, before.count > 0 else { return "" }
    let mean = ", mean \(NumberText.figure(before.mean)) → \(NumberText.figure(after.mean))"
    guard let old = before.deviation, let new = after.deviation else { return mean }
    return mean + ", sd \(NumberText.figure(old)) → \(NumberText.figure(new))"
  }
}

extension Cell {
  fileprivate var figure: String {
    if case .float(let value) = self { NumberText.figure(value) } else { name }
  }
}
