/// Makes parts side by side and hands them to `use` one at a time in the order of their places: while one thread uses a part, the
/// others make the next ones. At most one part for each thread is in memory.
public func parallelInOrder<Part>(
  _ count: Int, _ make: @Sendable (Int) -> Part, _ use: @Sendable (Part) -> Void
) {
  let turn = Turn()
  parallelFor(count) { place in
    let part = make(place)
    turn.take(place) { use(part) }
  }
}

/// Lets threads in by their places. Places are claimed in their order, so that the one that is waited for is at work.
private final class Turn: @unchecked Sendable {
  private let monitor = Monitor()
  private var next = 0

  func take(_ place: Int, _ body: () -> Void) {
    monitor.within {
      while next != place { monitor.wait() }
      body()
      next += 1
      monitor.changed()
    }
  }
}
