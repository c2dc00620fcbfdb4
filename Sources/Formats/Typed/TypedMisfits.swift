import Synchronization
import Tables

/// A cell of a chunk that has no value of its column's type.
public struct TypedMisfit: Sendable, Hashable {
  /// From 0, in the chunk.
  public let row: Int
  public let column: String
  /// The cell as it would be written.
  public let text: String

  public init(row: Int, column: String, text: String) {
    self.row = row
    self.column = column
    self.text = text
  }
}

/// Where a file of cells that have no type of their own says which of the next chunk do not fit their column: they are missing there.
public final class TypedMisfits: Sendable {
  private let found = Mutex<[TypedMisfit]>([])

  public init() {}

  public func add(_ misfits: [TypedMisfit]) {
    if !misfits.isEmpty { found.withLock { $0 += misfits } }
  }

  /// Those since this was last asked.
  func take() -> [TypedMisfit] {
    found.withLock { found in
      defer { found = [] }
      return found
    }
  }
}
