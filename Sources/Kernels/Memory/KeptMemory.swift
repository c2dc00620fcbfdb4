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

  private let shelf: MemoryShelf
  private let runs: Runs
  /// Which pages of it are known to be in a file, by address.
  private let claims = Mutex<Set<UInt>>([])

  /// `runs` holds what it gives the bytes of.
  public convenience init(_ runs: @escaping Runs) { self.init(on: .shared, runs) }

  init(on shelf: MemoryShelf, _ runs: @escaping Runs) {
    self.shelf = shelf
    self.runs = runs
    shelf.put(self)
  }

  deinit { shelf.take(ObjectIdentifier(self), claims.withLock { $0 }) }

  /// Calls `body` with the pages of each run that has some.
  func eachPages(_ body: (PageRun) -> Void) {
    runs { bytes in
      if let pages = PageRun(within: bytes) { body(pages) }
    }
  }

  /// Puts what is in no file yet into one. Where the folder takes none the memory stays as it is.
  func move(toFileIn folder: String) {
    let file = PageFile(in: folder)
    eachPages { pages in
      if claims.withLock({ $0.contains(pages.address) }) { return }
      if shelf.claim(pages) || file?.take(pages) ?? false && shelf.add(pages) {
        claims.withLock { _ = $0.insert(pages.address) }
      }
    }
  }
}
