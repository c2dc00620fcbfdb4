import Kernels
import Synchronization
import Testing

/// Serial, because the number of threads belongs to the process.
@Suite(.serialized) struct ParallelTests {
  @Test(arguments: [1, 2, 3, 8])
  func everyIndexIsRunOnceAndResultsAreInOrder(threads: Int) {
    Threads.set(threads)
    defer { Threads.set(2) }
    let runs = Atomic<Int>(0)
    let squares = parallelMap(1000) { index in
      runs.wrappingAdd(1, ordering: .relaxed)
      return index * index
    }
    #expect(squares == (0..<1000).map { $0 * $0 })
    #expect(runs.load(ordering: .relaxed) == 1000)
    #expect(parallelMap(0) { $0 }.isEmpty)
  }

  @Test func aLoopWithinABodyRunsOnItsThreadAlone() {
    Threads.set(4)
    defer { Threads.set(2) }
    let inner = parallelMap(16) { outer -> (nested: Bool, threads: Int, sum: Int) in
      let parts = parallelMap(10) { $0 + outer }
      return (Threads.isNested, Threads.count, parts.reduce(0, +))
    }
    #expect(inner.allSatisfy { $0.nested && $0.threads == 1 })
    #expect(inner.enumerated().allSatisfy { $0.element.sum == 45 + 10 * $0.offset })
    #expect(!Threads.isNested && Threads.count == 4)
  }

  @Test func chunksCoverAllAndDoNotDependOnThreads() {
    let sizes = Mutex<[Int: Range<Int>]>([:])
    parallelChunks(of: 1001, size: 100) { chunk, rows in sizes.withLock { $0[chunk] = rows } }
    let found = sizes.withLock { $0 }
    #expect(found.count == 11 && found[10] == 1000..<1001)
    #expect((0..<10).allSatisfy { found[$0] == $0 * 100..<($0 + 1) * 100 })
  }
}

@Suite struct ProgressTests {
  @Test func aPartIsCancelledWithTheWholeAndNotTheOtherWayRound() throws {
    let whole = Progress()
    let (one, other) = (Progress(under: whole), Progress(under: whole))
    one.cancel()
    #expect(one.isCancelled && !whole.isCancelled && !other.isCancelled)
    #expect(throws: Cancelled.self) { try one.checkpoint() }
    try other.checkpoint(0.5, "other")
    #expect(whole.current.phase == "" && other.current.fraction == 0.5)
    whole.cancel()
    #expect(other.isCancelled)
    #expect(throws: Cancelled.self) { try other.checkpoint(0.6, "other") }
  }

  @Test func aShareMovesTheWholeOnAndLeavesItsWords() {
    let whole = Progress()
    whole.report(0, "search", secondsLeft: 5)
    Progress(under: whole, share: 0.5...0.75).report(0.5, "tree")
    #expect(whole.current.fraction == 0.625 && whole.current.phase == "search" && whole.current.end != nil)
  }

  @Test func onlyWhatWasInterruptedItselfGoesOn() {
    let whole = Progress()
    let part = Progress(under: whole)
    whole.cancel()
    #expect(!part.resume() && part.isCancelled)
    #expect(whole.resume() && !whole.isCancelled && !part.isCancelled)
    whole.refuse(OutOfMemory(wanted: 2, bound: 1))
    #expect(!whole.resume() && whole.isCancelled)
  }
}

@Suite struct CounterRandomTests {
  @Test func aNumberIsAFunctionOfSeedStreamAndIndexAlone() {
    var drawn = CounterRandom(seed: 7, stream: 3)
    let still = CounterRandom(seed: 7, stream: 3)
    for index in 0..<100 { #expect(drawn.next() == still.bits(at: UInt64(index))) }
    #expect(CounterRandom(seed: 7, stream: 4).bits(at: 0) != still.bits(at: 0))
    #expect(CounterRandom(seed: 8, stream: 3).bits(at: 0) != still.bits(at: 0))
  }

  @Test func uniformNumbersFillTheirIntervalEvenly() {
    let random = CounterRandom(seed: 1)
    var counts = [Int](repeating: 0, count: 10)
    for index in 0..<100_000 {
      let value = random.uniform(at: UInt64(index))
      #expect(value >= 0 && value < 1)
      counts[Int(value * 10)] += 1
    }
    // Six standard deviations of a count.
    #expect(counts.allSatisfy { abs($0 - 10_000) < 570 })
  }

  @Test func aPermutationHasEveryPlaceOnce() {
    var random = CounterRandom(seed: 5)
    for count in [0, 1, 2, 100] { #expect(random.permutation(count).sorted() == Array(0..<count)) }
  }
}
