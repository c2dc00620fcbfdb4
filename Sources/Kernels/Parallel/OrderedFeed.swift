/// Work that is handed to several threads piece by piece, and what they make of it to one thread, in the order of the pieces.
///
/// A bounded number of pieces is under way: who makes waits while who takes is behind.
public final class OrderedFeed<Work: Sendable, Part: Sendable>: @unchecked Sendable {
  private let window: Int
  private let next: () -> Work?
  private let make: @Sendable (Work) -> Part
  /// Only one thread at a time asks for the next piece, which may take long: not within the monitor of those who wait for parts.
  private let claims = Monitor()
  private let monitor = Monitor()

  // Within the monitor:

  private var claimed = 0
  private var delivered = 0
  private var finished: [Int: Part] = [:]
  private var hasEnded = false
  private var isStopped = false

  /// `next` gives the pieces one after the other, on one thread at a time, and nil once there are no more; `window` is how many may be
  /// under way.
  public init(window: Int, next: @escaping () -> Work?, make: @escaping @Sendable (Work) -> Part) {
    self.window = max(1, window)
    self.next = next
    self.make = make
  }

  /// Makes the parts on `threads` threads and gives them to `take` on this one, until there are no more or it says that it has enough.
  /// `check` is called at least each tenth of a second, and throws where the work is to end.
  public func run<Failure: Error>(
    threads: Int, check: () throws(Failure) -> Void, take: (Part) throws(Failure) -> Bool
  ) throws(Failure) {
    let team = WorkerTeam(threads > 1 ? threads : 0) { _ in
      while self.makeNext() {}
    }
    defer {
      stop()
      team.join()
    }
    // Where there is no other thread, this one makes the parts.
    let isAlone = team.size == 0
    while true {
      try check()
      if isAlone, !makeNext() { return }
      switch taken() {
      case .part(let part): if !(try take(part)) { return }
      case .none where isAlone: continue
      case .none: wait()
      case .end: return
      }
    }
  }

  private enum Taken {
    case part(Part), none, end
  }

  private func taken() -> Taken {
    monitor.within {
      guard let part = finished.removeValue(forKey: delivered) else {
        return hasEnded && claimed == delivered ? .end : .none
      }
      delivered += 1
      monitor.changed()
      return .part(part)
    }
  }

  private func wait() {
    monitor.within {
      if finished[delivered] == nil, !(hasEnded && claimed == delivered) { monitor.wait() }
    }
  }

  /// Makes the next part; false when there is none left.
  private func makeNext() -> Bool {
    guard let (number, work) = claim() else { return false }
    let part = make(work)
    monitor.within {
      finished[number] = part
      monitor.changed()
    }
    return true
  }

  private func claim() -> (Int, Work)? {
    claims.within {
      let isOpen = monitor.within {
        while !isStopped, !hasEnded, claimed >= delivered + window { monitor.wait() }
        return !isStopped && !hasEnded
      }
      let work = isOpen ? next() : nil
      return monitor.within {
        guard let work else {
          hasEnded = true
          monitor.changed()
          return nil
        }
        claimed += 1
        return (claimed - 1, work)
      }
    }
  }

  private func stop() {
    monitor.within {
      isStopped = true
      monitor.changed()
    }
  }
}
