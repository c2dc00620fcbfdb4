import Kernels
import Synchronization
import Testing

/// Parts come in the order of their pieces, whoever made them and however long it took.
@Suite struct OrderedFeedTests {
  private struct Failure: Error, Equatable { let place: Int }

  /// The pieces from 0 on, and how many were handed out.
  private final class Pieces: Sendable {
    private let count: Int
    private let next = Mutex(0)

    init(_ count: Int) { self.count = count }

    var handedOut: Int { next.withLock { $0 } }

    func take() -> Int? {
      next.withLock { next in
        if next == count { return nil }
        next += 1
        return next - 1
      }
    }
  }

  private func feed(_ pieces: Pieces, window: Int) -> OrderedFeed<Int, Int> {
    OrderedFeed(window: window, next: { pieces.take() }) { place in
      // Those of even places take longer.
      var random = CounterRandom(seed: UInt64(place))
      for _ in 0..<(place % 2 == 0 ? 20_000 : 10) { _ = random.next() }
      return place * 3
    }
  }

  @Test(arguments: [1, 2, 4], [1, 3, 16]) func partsComeInOrder(threads: Int, window: Int) {
    var parts: [Int] = []
    feed(Pieces(60), window: window).run(threads: threads) {
    } take: { part in
      parts.append(part)
      return true
    }
    #expect(parts == (0..<60).map { $0 * 3 })
  }

  /// Nothing is made far ahead of what is taken.
  @Test(arguments: [1, 3]) func whoHasEnoughEndsIt(threads: Int) {
    let pieces = Pieces(1000)
    var parts: [Int] = []
    feed(pieces, window: 4).run(threads: threads) {
    } take: { part in
      parts.append(part)
      return parts.count < 10
    }
    #expect(parts == (0..<10).map { $0 * 3 } && pieces.handedOut <= 15)
  }

  @Test(arguments: [1, 3]) func anErrorEndsIt(threads: Int) {
    var taken = 0
    let error = #expect(throws: Failure.self) {
      try feed(Pieces(1000), window: 4).run(threads: threads) { () throws(Failure) in
        if taken == 7 { throw Failure(place: taken) }
      } take: { (_) throws(Failure) in
        taken += 1
        return true
      }
    }
    #expect(error == Failure(place: 7))
  }

  @Test func nothingIsNothing() {
    var taken = 0
    feed(Pieces(0), window: 4).run(threads: 3) {
    } take: { _ in
      taken += 1
      return true
    }
    #expect(taken == 0)
  }
}
