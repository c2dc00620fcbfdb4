import Glibc
import Kernels
import Synchronization

/// Routes Ctrl-C to the work that runs.
///
/// The handler itself does only what a signal allows: atomic loads and stores, `write`, `_exit`.
public enum InterruptHandler {
  public enum Idle: Int, Sendable {
    /// With no work running, Ctrl-C ends the process with status 130.
    case exits
    /// With no work running, Ctrl-C is left to whoever reads the terminal.
    case ignored
  }

  private static let running = Atomic<UInt>(0)
  private static let idle = Atomic<Int>(Idle.exits.rawValue)
  private static let lastInterrupt = Atomic<Int>(0)
  private static let hasHinted = Atomic<Bool>(false)
  private static let hasEcho = Atomic<Bool>(false)
  /// Keeps the last work alive until the next one: a handler may just be looking at it.
  private static let kept = Mutex<[Progress]>([])
  private static let hint: StaticString = "\nstill stopping; Ctrl-\\ ends the program at once\n"

  /// Takes SIGINT for the whole process. Without SA_RESTART, so that a blocked read or wait returns with EINTR.
  public static func install(idle whenIdle: Idle) {
    idle.store(whenIdle.rawValue, ordering: .relaxed)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in InterruptHandler.interrupt() }
    sigemptyset(&action.sa_mask)
    action.sa_flags = 0
    // The first use of a static runs its initialiser, which must not happen inside the handler.
    _ = (running.load(ordering: .relaxed), lastInterrupt.load(ordering: .relaxed), hasHinted.load(ordering: .relaxed))
    _ = hasEcho.load(ordering: .relaxed)
    _ = hint.utf8CodeUnitCount
    sigaction(SIGINT, &action, nil)
    // A parent may have started this process with the signal blocked, as threads of a pool do.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Runs work that Ctrl-C cancels through `progress`; may be nested, the innermost work is cancelled.
  public static func running<Result, Failure: Error>(
    _ progress: Progress, _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    kept.withLock { $0 = $0.suffix(7) + [progress] }
    let pointer = UInt(bitPattern: Unmanaged.passUnretained(progress).toOpaque())
    let outer = running.exchange(pointer, ordering: .sequentiallyConsistent)
    lastInterrupt.store(0, ordering: .relaxed)
    hasHinted.store(false, ordering: .relaxed)
    defer { running.store(outer, ordering: .sequentiallyConsistent) }
    return try work()
  }

  /// Whether Ctrl-C was pressed during the last work.
  static var wasInterrupted: Bool { lastInterrupt.load(ordering: .relaxed) != 0 }

  /// Whether Ctrl-C was pressed while work ran, and has not been asked for since: its echo stands on the screen.
  static func takeEcho() -> Bool { hasEcho.exchange(false, ordering: .relaxed) }

  private static func interrupt() {
    let code = errno
    defer { errno = code }
    guard let work = UnsafeRawPointer(bitPattern: running.load(ordering: .sequentiallyConsistent)) else {
      if idle.load(ordering: .relaxed) == Idle.exits.rawValue { _exit(130) }
      return
    }
    Unmanaged<Progress>.fromOpaque(work)._withUnsafeGuaranteedRef { $0.cancel() }
    hasEcho.store(true, ordering: .relaxed)
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let before = lastInterrupt.exchange(Int(now.tv_sec) + 1, ordering: .relaxed)
    if before != 0, Int(now.tv_sec) + 1 - before <= 2, !hasHinted.exchange(true, ordering: .relaxed) {
      _ = Glibc.write(STDERR_FILENO, hint.utf8Start, hint.utf8CodeUnitCount)
    }
  }
}
