import Glibc
import Synchronization
import Testing

@testable import Kernels

/// Memory that is kept for later makes room: where it went is never seen by who reads it.
@Suite struct KeptMemoryTests {
  private static let count = 1 << 20
  /// Of its own for each test.
  private let shelf = MemoryShelf()

  private static func number(_ place: Int) -> UInt64 { UInt64(place) &* 0x9E37_79B9_7F4A_7C15 }

  /// 8 MB of numbers that are no others' in this process.
  private static func numbers() -> [UInt64] { (0..<count).map(number) }

  private func kept(_ numbers: [UInt64]) -> KeptMemory {
    KeptMemory(on: shelf) { take in numbers.withUnsafeBytes(take) }
  }

  /// Asks for so many bytes of what is kept, and says how many went.
  private func giveUp(_ bytes: Int, inFolder folder: String = TemporaryFolder.path) -> Int {
    let before = shelf.givenBytes
    shelf.makeRoom(inFolder: folder) { bytes - (shelf.givenBytes - before) }
    return shelf.givenBytes - before
  }

  /// How many bytes of whole pages of an array are resident and no file's.
  private static func anonymous(_ numbers: [UInt64]) throws -> Int {
    let descriptor = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    return numbers.withUnsafeBytes { bytes in
      guard let run = PageRun(within: bytes) else { return 0 }
      var entries = [UInt64](repeating: 0, count: run.byteCount / PageRun.pageSize)
      let offset = off_t(run.address) / off_t(PageRun.pageSize) * 8
      guard pread(descriptor, &entries, entries.count * 8, offset) == entries.count * 8 else { return -1 }
      // Bit 63 says that a page is there, bit 61 that it is a file's.
      return entries.count { $0 >> 63 & 1 == 1 && $0 >> 61 & 1 == 0 } * PageRun.pageSize
    }
  }

  @Test func whatIsGivenUpTakesNoMemoryAndReadsAsItWas() throws {
    let numbers = Self.numbers()
    let memory = kept(numbers)
    #expect(try Self.anonymous(numbers) > 7 << 20)
    #expect(giveUp(1 << 20) > 7 << 20)
    #expect(try Self.anonymous(numbers) == 0)
    for _ in 0..<2 {
      #expect(numbers.indices.allSatisfy { numbers[$0] == Self.number($0) })
      shelf.dropPages()
    }
    withExtendedLifetime(memory) {}
  }

  @Test func whoReadsMeanwhileSeesNothing() {
    let numbers = Self.numbers()
    let memory = kept(numbers)
    let wrong = Atomic<Int>(0)
    let isDone = Atomic<Bool>(false)
    parallelFor(4) { task in
      if task == 0 {
        _ = giveUp(1 << 20)
        for _ in 0..<20 { shelf.dropPages() }
        return isDone.store(true, ordering: .releasing)
      }
      var rounds = 0
      while rounds < 2 || !isDone.load(ordering: .acquiring) && rounds < 50 {
        let count = numbers.indices.count { numbers[$0] != Self.number($0) }
        wrong.add(count, ordering: .relaxed)
        rounds += 1
      }
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
    withExtendedLifetime(memory) {}
  }

  @Test func aCopyThatIsWrittenToLeavesWhatIsKept() {
    let numbers = Self.numbers()
    let memory = kept(numbers)
    _ = giveUp(1 << 20)
    var copy = numbers
    for place in copy.indices { copy[place] = 7 }
    shelf.dropPages()
    #expect(numbers.indices.allSatisfy { numbers[$0] == Self.number($0) })
    #expect(copy.allSatisfy { $0 == 7 })
    withExtendedLifetime(memory) {}
  }

  @Test func whatIsNoLongerKeptCanBeWrittenWhereItStands() {
    var numbers = Self.numbers()
    var memory: KeptMemory? = kept(numbers)
    #expect(giveUp(1 << 20) > 0)
    withExtendedLifetime(memory) {}
    memory = nil
    for place in numbers.indices { numbers[place] = ~numbers[place] }
    // Another's pages are dropped, not these: they are no longer what was written to the file.
    let other = kept(Self.numbers())
    #expect(giveUp(1 << 20) > 0)
    shelf.dropPages()
    #expect(numbers.indices.allSatisfy { numbers[$0] == ~Self.number($0) })
    withExtendedLifetime(other) {}
  }

  @Test func memoryOfTwoHoldersGoesOnceAndStaysAsItWas() {
    let numbers = Self.numbers()
    var first: KeptMemory? = kept(numbers)
    let second = kept(numbers)
    let other = kept(Self.numbers())
    #expect(giveUp(15 << 20) < 17 << 20)
    // Nothing is left to give.
    #expect(giveUp(1) == 0)
    withExtendedLifetime(first) {}
    first = nil
    shelf.dropPages()
    #expect(numbers.indices.allSatisfy { numbers[$0] == Self.number($0) })
    withExtendedLifetime((second, other)) {}
  }

  @Test func nothingGoesWhereAllWouldNotBeEnough() {
    let memory = kept(Self.numbers())
    #expect(giveUp(1 << 40) == 0)
    #expect(giveUp(0) == 0)
    withExtendedLifetime(memory) {}
  }

  @Test func theOldestGoesFirst() throws {
    let (old, new) = (Self.numbers(), Self.numbers())
    let all = [kept(old), kept(new)]
    #expect(giveUp(1 << 20) > 0)
    #expect(try Self.anonymous(old) == 0)
    #expect(try Self.anonymous(new) > 7 << 20)
    withExtendedLifetime(all) {}
  }

  @Test func whereFilesTakeNothingMemoryStaysAsItIs() throws {
    let numbers = Self.numbers()
    let memory = kept(numbers)
    #expect(giveUp(1 << 20, inFolder: "/no/such/folder") == 0)
    #expect(try Self.anonymous(numbers) > 7 << 20)
    #expect(numbers.indices.allSatisfy { numbers[$0] == Self.number($0) })
    withExtendedLifetime(memory) {}
  }
}
