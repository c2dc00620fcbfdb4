import Display
import Glibc
import Kernels
import Notation
import Testing

@testable import Terminal

@Suite struct ProgressTests {
  @Test(arguments: [1, 10, 30, 80, 200], [0, 0.421, 1, .nan, -3, 7])
  func theLineNeverReachesTheEdge(width: Int, fraction: Double) {
    let text = ProgressLine(unicode: true).text(
      stage: "train", phase: "boost \u{1B}[2J 中文", fraction: fraction, seconds: 3.21, tick: 12, width: width)
    #expect(TextWidth.of(text) <= max(1, width - 1))
    #expect(!text.contains("\u{1B}"))
  }

  @Test func theLineSaysStagePhaseShareAndTime() {
    let line = ProgressLine(unicode: false)
    #expect(
      line.text(stage: "train", phase: "boost", fraction: 0.5, seconds: 3.25, tick: 1, width: 80)
        == "/ train  boost ##########..........  50%  3.2 s")
    #expect(line.text(stage: "load", phase: "", fraction: 0, seconds: 1, tick: 0, width: 80) == "| load  1.0 s")
  }

  @Test(arguments: [(2.2, "3 s left"), (119, "119 s left"), (600, "10 min left"), (-4, "0 s left")])
  func theLineSaysWhatIsLeft(seconds: Double, words: String) {
    let text = ProgressLine(unicode: false).text(
      stage: "", phase: "train: trial 3 of 40, best auc 0.81", fraction: 0.5, seconds: 3.25, left: seconds, tick: 0,
      width: 100)
    #expect(text.hasSuffix("50%  3.2 s, \(words)"))
  }

  static let colours: [(Bool, Bool, String?, String?, Bool)] = [
    (true, false, nil, "xterm", true), (false, false, nil, "xterm", false), (true, true, nil, "xterm", false),
    (true, false, "1", "xterm", false), (true, false, "", "xterm", true), (true, false, nil, "dumb", false),
    (true, false, nil, nil, true),
  ]

  @Test(arguments: colours)
  func colourIsForWillingTerminals(isTerminal: Bool, refused: Bool, noColor: String?, term: String?, expected: Bool) {
    #expect(Screen.usesColour(isTerminal: isTerminal, refused: refused, noColor: noColor, term: term) == expected)
  }

  @Test func aPipeHasNoWidth() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    #expect(Screen.width(of: ends[1]) == nil && !Screen.isTerminal(ends[1]))
    #expect(Screen.write("größe", to: ends[1]))
    var buffer = [UInt8](repeating: 0, count: 16)
    let count = read(ends[0], &buffer, buffer.count)
    #expect(String(decoding: buffer.prefix(count), as: UTF8.self) == "größe")
  }

  @Test func workOutsideATerminalIsJustDone() throws {
    let progress = Progress()
    let result = try ScreenProgress(isShown: false).showing(progress, stage: "x") { () throws(Cancelled) -> Int in
      try progress.checkpoint(0.5, "half")
      return 7
    }
    #expect(result == 7)
  }
}

/// One after another: they send the process a signal.
@Suite(.serialized) struct InterruptHandlerTests {
  @Test func interruptsCancelTheInnermostWork() {
    InterruptHandler.install(idle: .ignored)
    let (outer, inner) = (Progress(), Progress())
    InterruptHandler.running(outer) {
      InterruptHandler.running(inner) {
        _ = kill(getpid(), SIGINT)
        waitFor { inner.isCancelled }
      }
      #expect(inner.isCancelled && !outer.isCancelled && InterruptHandler.wasInterrupted)
      _ = kill(getpid(), SIGINT)
      waitFor { outer.isCancelled }
      #expect(outer.isCancelled)
    }
  }

  @Test func anInterruptWithoutWorkIsIgnoredAtThePrompt() {
    InterruptHandler.install(idle: .ignored)
    _ = kill(getpid(), SIGINT)
    usleep(50_000)
    let progress = Progress()
    InterruptHandler.running(progress) {}
    #expect(!progress.isCancelled && !InterruptHandler.wasInterrupted)
  }

  private func waitFor(_ condition: () -> Bool) {
    for _ in 0..<200 where !condition() { usleep(5000) }
  }
}
