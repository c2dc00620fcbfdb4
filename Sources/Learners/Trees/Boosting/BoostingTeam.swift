import CVector
import Glibc
import Synchronization

/// Threads that stay together for a whole training, because its steps are shorter than the waking of a thread: between steps
/// they look at a counter, and give way when it does not change for long.
final class BoostingTeam: @unchecked Sendable {
  private final class Member {
    let team: BoostingTeam
    let number: Int
    init(_ team: BoostingTeam, _ number: Int) {
      self.team = team
      self.number = number
    }
  }

  /// The members, the calling thread included.
  private(set) var size = 1
  private var threads: [pthread_t] = []
  // Written by the leader before `step` rises, and read after.
  private var body: ((Int) -> Void)?
  private let step = Atomic<Int>(0)
  private let busy = Atomic<Int>(0)
  private let next = Atomic<Int>(0)

  /// A team of at most `size` members; `end` must be called.
  init(_ size: Int) {
    for number in 1..<max(1, size) {
      var thread = pthread_t()
      let member = Unmanaged.passRetained(Member(self, number))
      let status = pthread_create(
        &thread, nil,
        { raw in
          guard let raw else { return nil }
          let member = Unmanaged<Member>.fromOpaque(raw).takeRetainedValue()
          member.team.follow(member.number)
          return nil
        }, member.toOpaque())
      if status != 0 {
        member.release()
        break
      }
      threads.append(thread)
      self.size += 1
    }
  }

  /// Ends the threads.
  func end() {
    body = nil
    step.wrappingAdd(1, ordering: .releasing)
    for thread in threads { pthread_join(thread, nil) }
    threads = []
    size = 1
  }

  /// Runs `body` once on each member and returns when all have ended. Only for the thread that made the team.
  func run(_ body: (Int) -> Void) {
    guard size > 1 else { return body(0) }
    withoutActuallyEscaping(body) { body in
      self.body = body
      busy.store(size - 1, ordering: .relaxed)
      step.wrappingAdd(1, ordering: .releasing)
      body(0)
      Self.wait { busy.load(ordering: .acquiring) == 0 }
      self.body = nil
    }
  }

  /// Runs `body(member, index)` for all indices below `count`, each on whichever member is free, and before that `start` once on each
  /// member.
  func each(_ count: Int, start: (Int) -> Void = { _ in }, _ body: (Int, Int) -> Void) {
    guard size > 1, count > 1 else {
      for member in 0..<size { start(member) }
      for index in 0..<max(0, count) { body(0, index) }
      return
    }
    next.store(0, ordering: .relaxed)
    run { member in
      start(member)
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= count { return }
        body(member, index)
      }
    }
  }

  private func follow(_ number: Int) {
    var seen = 0
    while true {
      Self.wait { step.load(ordering: .acquiring) != seen }
      seen += 1
      guard work(number) else { return }
      busy.wrappingSubtract(1, ordering: .releasing)
    }
  }

  /// Does one step, false when there is none. A call of its own, so that the body is let go before the leader is told.
  @inline(never)
  private func work(_ number: Int) -> Bool {
    guard let body else { return false }
    body(number)
    return true
  }

  private static func wait(_ isOver: () -> Bool) {
    var turns = 0
    while !isOver() {
      turns &+= 1
      // Another program may have the processor that is waited for.
      if turns < 2000 { mlp_pause() } else { sched_yield() }
    }
  }
}
