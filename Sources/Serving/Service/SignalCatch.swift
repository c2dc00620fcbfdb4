import Glibc
import Synchronization

/// Signals told to an ordinary thread, for as long as this lives.
///
/// By handlers and a pipe, not by a dispatch source: that misses a signal which the main thread happens not to block.
final class SignalCatch: Sendable {
  private let before: [(signal: Int32, action: KeptAction)]
  private let seen: Int

  private struct KeptAction: @unchecked Sendable {
    // Only passed back to `sigaction`; the pointers in it are the system's.
    let action: sigaction
  }

  init(_ signals: [Int32]) {
    seen = SignalPipe.count.load(ordering: .acquiring)
    // Made before a handler may need it: making it is not safe inside one.
    _ = SignalPipe.ends
    before = signals.map { number in
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { SignalPipe.note($0) }
      var before = sigaction()
      sigaction(number, &action, &before)
      return (number, KeptAction(action: before))
    }
    // A parent may have started this process with the signals blocked, as threads of a pool do.
    var blocked = sigset_t()
    sigemptyset(&blocked)
    for number in signals { sigaddset(&blocked, number) }
    pthread_sigmask(SIG_UNBLOCK, &blocked, nil)
  }

  /// The signal that came since this was made, waiting at most `milliseconds` for it; nil when none did.
  func next(milliseconds: Int32) -> Int32? {
    if let signal = received { return signal }
    var event = pollfd(fd: SignalPipe.ends.read, events: Int16(POLLIN), revents: 0)
    if poll(&event, 1, milliseconds) > 0 {
      var byte: UInt8 = 0
      _ = read(SignalPipe.ends.read, &byte, 1)
    }
    return received
  }

  private var received: Int32? {
    SignalPipe.count.load(ordering: .acquiring) == seen ? nil : SignalPipe.last.load(ordering: .relaxed)
  }

  /// Puts back what the signals did before.
  func restore() {
    for (number, kept) in before {
      var action = kept.action
      sigaction(number, &action, nil)
    }
  }
}

/// What a signal handler may touch: atomics, and a pipe that does not block.
private enum SignalPipe {
  static let count = Atomic<Int>(0)
  static let last = Atomic<Int32>(0)

  static let ends: (read: Int32, write: Int32) = {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    return (ends[0], ends[1])
  }()

  static func note(_ signal: Int32) {
    let kept = errno
    last.store(signal, ordering: .relaxed)
    count.add(1, ordering: .releasing)
    var byte: UInt8 = 1
    _ = write(ends.write, &byte, 1)
    errno = kept
  }
}
