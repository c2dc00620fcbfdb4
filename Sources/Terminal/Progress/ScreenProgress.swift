import Dispatch
import Glibc
import Kernels
import Synchronization

/// Shows on standard error how far a stage is, once it has run for half a second; nothing if that is no terminal.
public struct ScreenProgress: Sendable {
  private static let delay = 0.5
  private let isShown: Bool
  private let line: ProgressLine

  /// `isShown` false (for `--quiet`) never draws.
  public init(isShown: Bool = true) {
    self.isShown = isShown && Screen.isTerminal(STDERR_FILENO)
    line = ProgressLine(unicode: Screen.usesUnicode(STDERR_FILENO))
  }

  /// Runs work while its progress is drawn; the line is gone when this returns.
  public func showing<Result, Failure: Error>(
    _ progress: Progress, stage: String, _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard isShown else { return try work() }
    let watcher = Watcher(progress, stage: stage, line: line)
    watcher.start()
    defer { watcher.stop() }
    return try work()
  }

  /// Takes the line away, and draws none until `goOn`: a question stands on the screen.
  public static func pause() {
    Screen.isAsking.store(true, ordering: .sequentiallyConsistent)
    Screen.drawProgress(nil)
  }

  /// What was asked is answered.
  public static func goOn() { Screen.isAsking.store(false, ordering: .sequentiallyConsistent) }

  /// A thread of its own: the pool's threads are busy with the very work that is watched.
  private final class Watcher: Sendable {
    private let progress: Progress
    private let stage: String
    private let line: ProgressLine
    private let end = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)
    private let hasStarted = Atomic<Bool>(false)

    init(_ progress: Progress, stage: String, line: ProgressLine) {
      self.progress = progress
      self.stage = stage
      self.line = line
    }

    func start() {
      var thread = pthread_t()
      let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        if let context { Unmanaged<Watcher>.fromOpaque(context).takeRetainedValue().watch() }
        return nil
      }
      let context = Unmanaged.passRetained(self)
      guard pthread_create(&thread, nil, body, context.toOpaque()) == 0 else {
        context.release()
        return
      }
      hasStarted.store(true, ordering: .relaxed)
      pthread_detach(thread)
    }

    func stop() {
      guard hasStarted.load(ordering: .relaxed) else { return }
      end.signal()
      ended.wait()
    }

    private func watch() {
      blockSignals()
      let start = Clock.seconds
      var tick = 0
      while end.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
        let seconds = Clock.seconds - start
        if seconds < ScreenProgress.delay { continue }
        draw(seconds, tick)
        tick += 1
      }
      Screen.drawProgress(nil)
      ended.signal()
    }

    private func draw(_ seconds: Double, _ tick: Int) {
      let state = progress.current
      let text = line.text(
        stage: stage, phase: progress.isCancelled ? "stopping" : state.phase, fraction: state.fraction,
        seconds: seconds, left: progress.isCancelled ? nil : state.end.map { $0 - Clock.seconds }, tick: tick,
        width: Screen.width(of: STDERR_FILENO) ?? 80)
      Screen.drawProgress(text)
    }

    /// Signals are for the thread that works.
    private func blockSignals() {
      var all = sigset_t()
      sigfillset(&all)
      pthread_sigmask(SIG_SETMASK, &all, nil)
    }
  }
}
