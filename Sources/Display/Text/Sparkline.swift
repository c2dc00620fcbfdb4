/// A histogram on one line of text, for a cell of a profile.
public enum Sparkline {
  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let plain: [Character] = ["_", ".", ":", "-", "=", "+", "*", "#"]

  /// A bar per count, as `▁▂▅▇`: heights relative to the largest count, a blank where the count is not positive.
  /// Without `unicode`, marks of growing weight.
  public static func bars(_ counts: [Double], unicode: Bool = true) -> String {
    let steps = unicode ? blocks : plain
    let largest = counts.filter(\.isFinite).max() ?? 0
    return String(
      counts.map { count in
        guard count.isFinite, count > 0, largest > 0 else { return " " }
        let step = Int(bounded: (count / largest * Double(steps.count)).rounded(.up)) - 1
        return steps[min(max(step, 0), steps.count - 1)]
      })
  }

  public static func bars(_ counts: [Int], unicode: Bool = true) -> String {
    bars(counts.map(Double.init), unicode: unicode)
  }
}
