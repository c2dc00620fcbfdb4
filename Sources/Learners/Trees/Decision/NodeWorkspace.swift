import Synchronization

/// Memory that a node is worked on in, used by one thread at a time: what is counted by class or category is zero between uses.
final class NodeWorkspace: @unchecked Sendable {
  /// Rows of the node by class.
  let totals: UnsafeMutablePointer<Int32>
  /// Rows by class of the left side of a split that is tried.
  let lefts: UnsafeMutablePointer<Int32>
  /// A bit a row: whether it goes left.
  let sides: UnsafeMutablePointer<UInt64>
  /// By category.
  let categoryCounts: UnsafeMutablePointer<Int32>
  let categorySums: UnsafeMutablePointer<Double>
  /// Records set aside; as long as the node asked for at least.
  private(set) var aside: UnsafeMutablePointer<UInt64>
  private var asideCapacity = 0

  init(rows: Int, classes: Int, categories: Int) {
    func zeros<Value: Numeric>(_ count: Int) -> UnsafeMutablePointer<Value> {
      let memory = UnsafeMutablePointer<Value>.allocate(capacity: count)
      memory.initialize(repeating: 0, count: count)
      return memory
    }
    totals = zeros(classes)
    lefts = zeros(classes)
    sides = zeros(rows / 64 + 1)
    categoryCounts = zeros(categories)
    categorySums = zeros(categories)
    aside = .allocate(capacity: 0)
  }

  deinit {
    totals.deallocate()
    lefts.deallocate()
    sides.deallocate()
    categoryCounts.deallocate()
    categorySums.deallocate()
    aside.deallocate()
  }

  /// Notes the side of a row.
  @inline(__always) func note(_ row: Int, isLeft: Bool) {
    let bit = UInt64(row & 63)
    sides[row &>> 6] = sides[row &>> 6] & ~(1 &<< bit) | (isLeft ? 1 : 0) &<< bit
  }

  /// Room for records; what was there is lost.
  func reserve(_ count: Int) -> UnsafeMutablePointer<UInt64> {
    if count > asideCapacity {
      aside.deallocate()
      aside = .allocate(capacity: count)
      asideCapacity = count
    }
    return aside
  }
}

/// Workspaces that are not in use: as many are made as threads ask at once.
final class WorkspacePool: Sendable {
  private let free = Mutex<[NodeWorkspace]>([])
  private let make: @Sendable () -> NodeWorkspace

  init(_ make: @escaping @Sendable () -> NodeWorkspace) { self.make = make }

  func take() -> NodeWorkspace { free.withLock { $0.popLast() } ?? make() }
  func give(_ workspace: NodeWorkspace) { free.withLock { $0.append(workspace) } }
}
