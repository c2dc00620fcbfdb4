import Synchronization

/// Memory of what is kept for later, which makes room where work at hand needs it: its pages are written to a file without a name, and
/// that is mapped in their place.
///
/// Whoever reads them goes on at the same addresses and finds the same bytes, whatever thread it is on. The system takes pages of a
/// file back when it needs them, so they are no part of what this process may use (`Memory.bound`).
///
/// The bytes do not change while this is there: an array that it holds is copied by whoever else writes to it.
public final class KeptMemory: Sendable {
  /// Gives every run of bytes, one after the other.
  public typealias Runs = @Sendable (_ take: (UnsafeRawBufferPointer) -> Void) -> Void

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
    let run: PageRun
    var holders = 1
  }

  private struct Registry {
    /// Oldest first.
    var holders: [Holder] = []
    /// By address.
    var mapped: [UInt: Mapped] = [:]
  }

  private static let registry = Mutex(Registry())
  /// Held while some is given up.
  private static let giving = Mutex(())
  private static let given = Atomic<Int>(0)
  /// What was resident of files, the program's own, before the first was given up.
  private static let filesBefore = Atomic<Int>(0)

  private let runs: Runs
  /// Which pages of it are known to be in a file, by address.
  private let claims = Mutex<Set<UInt>>([])

  /// `runs` holds what it gives the bytes of.
  public init(_ runs: @escaping Runs) {
    self.runs = runs
    let holder = Holder(self)
    Self.registry.withLock { $0.holders.append(holder) }
  }

  deinit {
    let (own, claims) = (ObjectIdentifier(self), claims.withLock { $0 })
    Self.registry.withLock { registry in
      registry.holders.removeAll { $0.id == own }
      for address in claims {
        registry.mapped[address]?.holders -= 1
        if registry.mapped[address]?.holders == 0 { registry.mapped[address] = nil }
      }
    }
  }

  // MARK: Giving up

  /// How many bytes went to files since the process began.
  static var givenBytes: Int { given.load(ordering: .relaxed) }

  /// Puts memory into files, what was kept first first, until `lacking` says that there is room; none where all of it would not be
  /// enough. Whoever asks meanwhile waits for that. Where files take none the memory stays as it is.
  static func giveUp(until lacking: () -> Int) {
    giving.withLock { _ in
      let all = registry.withLock { $0.holders.compactMap(\.memory) }
      guard lacking() > 0, size(of: all) >= lacking() else { return }
      if givenBytes == 0 { filesBefore.store(Memory.residentOfFiles, ordering: .relaxed) }
      for memory in all where lacking() > 0 { memory.moveToFile() }
    }
  }

  /// How many bytes of pages are in no file.
  private static func size(of all: [KeptMemory]) -> Int {
    var known = registry.withLock { Set($0.mapped.keys) }
    var size = 0
    for memory in all {
      memory.runs { bytes in
        guard let run = PageRun(within: bytes), known.insert(run.address).inserted else { return }
        size += run.byteCount
      }
    }
    return size
  }

  private func moveToFile() {
    let file = PageFile()
    runs { bytes in
      guard let run = PageRun(within: bytes), !claim(run), file?.take(run) ?? false else { return }
      Self.given.add(run.byteCount, ordering: .relaxed)
      claims.withLock { _ = $0.insert(run.address) }
      Self.registry.withLock { $0.mapped[run.address] = Mapped(run: run) }
    }
  }

  /// Whether pages are in a file already, since another has the same memory: then they stay known for as long as this is there.
  private func claim(_ run: PageRun) -> Bool {
    let isOwn = claims.withLock { $0.contains(run.address) }
    if isOwn { return true }
    let isMapped = Self.registry.withLock { registry in
      registry.mapped[run.address]?.holders += 1
      return registry.mapped[run.address] != nil
    }
    if isMapped { claims.withLock { _ = $0.insert(run.address) } }
    return isMapped
  }

  // MARK: Pages that were read again

  /// Lets the system have what was read again of pages that are in files, where all that is resident is more than may be used: it would
  /// wait with that until the machine is full.
  static func keepWithinBound() {
    guard givenBytes > 0 else { return }
    let readAgain = Memory.residentOfFiles - filesBefore.load(ordering: .relaxed)
    guard readAgain > Memory.bound / 16, Memory.resident + readAgain > Memory.bound else { return }
    registry.withLock { registry in
      for mapped in registry.mapped.values { mapped.run.drop() }
    }
  }
}
