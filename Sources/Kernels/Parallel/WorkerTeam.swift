import Glibc

/// Threads that each run one body to its end. Loops within a body run on its own thread alone.
public final class WorkerTeam {
  private var threads: [pthread_t] = []

  /// Starts at most `count` threads, each of which runs `body` with its number.
  public init(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    for number in 0..<count {
      var thread = pthread_t()
      let member = Unmanaged.passRetained(Member(number, body))
      let status = pthread_create(
        &thread, nil,
        { raw in
          guard let raw else { return nil }
          let member = Unmanaged<Member>.fromOpaque(raw).takeRetainedValue()
          Threads.nested { member.body(member.number) }
          return nil
        }, member.toOpaque())
      if status != 0 {
        member.release()
        return
      }
      threads.append(thread)
    }
  }

  /// How many threads could be started.
  public var size: Int { threads.count }

  /// Waits for all to end; must be called.
  public func join() {
    for thread in threads { pthread_join(thread, nil) }
    threads = []
  }

  private final class Member {
    let number: Int
    let body: @Sendable (Int) -> Void

    init(_ number: Int, _ body: @escaping @Sendable (Int) -> Void) {
      self.number = number
      self.body = body
    }
  }
}
