import Synchronization

/// All that is kept for later and can make room.
final class MemoryShelf: Sendable {
  /// That of this process.
  static let shared = MemoryShelf()

  private struct Holder: @unchecked Sendable {
    let id: ObjectIdentifier
    // Written once in the initialiser; weak loads are atomic.
    weak var memory: KeptMemory?

    init(_ memory: KeptMemory) {
      id = ObjectIdentifier(memory)
      self.memory = memory
    }
  }

  /// Pages in a file, and how many holders of their memory there are at least: while there is one, they are what was written.
  private struct Mapped {
    let pages: PageRun
    var holders = 1
  }

  private struct Contents {
    /// Oldest first.
    var holders: [Holder] = []
    /// By address.
    var mapped: [UInt: Mapped] = [:]
  }

  private let contents = Mutex(Contents())
  /// Held while some makes room.
  private let giving = Mutex(())
  private let given = Atomic<Int>(0)
  /// What was resident of files, the program's own, before the first made room.
  private let filesBefore = Atomic<Int>(0)

  // MARK: What is kept

  func put(_ memory: KeptMemory) {
    let holder = Holder(memory)
    contents.withLock { $0.holders.append(holder) }
  }

  /// Forgets memory that is about to go, and the pages at addresses that nobody else is known to hold.
  func take(_ id: ObjectIdentifier, _ claims: Set<UInt>) {
    contents.withLock { contents in
      contents.holders.removeAll { $0.id == id }
      for address in claims {
        contents.mapped[address]?.holders -= 1
        if contents.mapped[address]?.holders == 0 { contents.mapped[address] = nil }
      }
    }
  }

  /// Whether pages of one more holder are in a file already, since another has the same memory.
  func claim(_ pages: PageRun) -> Bool {
    contents.withLock { contents in
      contents.mapped[pages.address]?.holders += 1
      return contents.mapped[pages.address] != nil
    }
  }

  /// Adds pages that have gone to a file.
  func add(_ pages: PageRun) -> Bool {
    given.add(pages.byteCount, ordering: .relaxed)
    return contents.withLock { contents in
      contents.mapped[pages.address] = Mapped(pages: pages)
      return true
    }
  }

  // MARK: Making room

  /// How many bytes went to files so far.
  var givenBytes: Int { given.load(ordering: .relaxed) }

  /// Puts memory into files, the oldest first, until nothing is `lacking`; none where all of it would not be enough. Whoever asks
  /// meanwhile waits for that.
  func makeRoom(inFolder folder: String = TemporaryFolder.path, until lacking: () -> Int) {
    giving.withLock { _ in
      let all = contents.withLock { $0.holders.compactMap(\.memory) }
      let wanted = lacking()
      guard wanted > 0, size(of: all) >= wanted else { return }
      if givenBytes == 0 { filesBefore.store(Memory.residentOfFiles, ordering: .relaxed) }
      for memory in all where lacking() > 0 { memory.move(toFileIn: folder) }
    }
  }

  /// How many bytes of pages are in no file.
  private func size(of all: [KeptMemory]) -> Int {
    var known = contents.withLock { Set($0.mapped.keys) }
    var size = 0
    for memory in all {
      memory.eachPages { pages in
        if known.insert(pages.address).inserted { size += pages.byteCount }
      }
    }
    return size
  }

  // MARK: Pages that were read again

  /// Lets the system have what was read again of pages that are in files, where all that is resident is more than may be used: it would
  /// wait with that until the machine is full.
  func keepWithinBound() {
    guard givenBytes > 0 else { return }
    let readAgain = Memory.residentOfFiles - filesBefore.load(ordering: .relaxed)
    if readAgain > Memory.bound / 16, Memory.resident + readAgain > Memory.bound { dropPages() }
  }

  /// The same whatever is resident.
  func dropPages() {
    contents.withLock { contents in
      for mapped in contents.mapped.values { mapped.pages.drop() }
    }
  }
}
