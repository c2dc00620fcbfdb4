import Display
import Glibc
import Notation

/// One line that says how far a stage is.
struct ProgressLine {
  let unicode: Bool

  /// `⠹ train  boost ▕█████     ▏ 42%  3.2 s`, at most `width - 1` columns: a full line would wrap. `left` are the seconds that it
  /// will still take, where that can be told.
  func text(
    stage: String, phase: String, fraction: Double, seconds: Double, left: Double? = nil, tick: Int, width: Int
  ) -> String {
    let frames = unicode ? Array("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏") : Array("|/-\\")
    let spinner = frames[tick % frames.count]
    let share = fraction.isFinite ? min(max(fraction, 0), 1) : 0
    let elapsed = "\(NumberText.fixed(seconds, 1)) s"
    let words = [stage, phase].filter { !$0.isEmpty }.map { SafeText.escaped($0) }.joined(separator: "  ")
    let done =
      share > 0 ? " \(bar(share)) \(TextWidth.pad(NumberText.fixed(floor(share * 100), 0), to: 3, .right))%" : ""
    let tail = "\(done)  \(elapsed)\(left.map(rest) ?? "")"
    let room = max(0, width - 1 - TextWidth.of(tail) - 2)
    return TextWidth.cut("\(spinner) \(TextWidth.cut(words, to: room))\(tail)", to: max(1, width - 1))
  }

  private func rest(_ seconds: Double) -> String {
    let whole = max(0, seconds.rounded(.up))
    return whole < 120 ? ", \(NumberText.fixed(whole, 0)) s left" : ", \(NumberText.fixed(whole / 60, 0)) min left"
  }

  private func bar(_ share: Double) -> String {
    let filled = Int((share * 20).rounded(.down))
    let blocks = String(repeating: unicode ? "█" : "#", count: filled)
    let space = String(repeating: unicode ? "░" : ".", count: 20 - filled)
    return blocks + space
  }
}
