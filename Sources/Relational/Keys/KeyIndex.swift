import Kernels
import Plan
import Tables

/// Finds the rows of a table by the keys of another.
///
/// Keys that are whole numbers close to each other are places of an array; others are hashed.
struct KeyIndex: Sendable {
  private enum Lookup: Sendable {
    /// By its distance from the least code, the row or the group of each; -1 for none.
    case direct(least: UInt64, found: Room<Int32>)
    case hashed(HashedKeys)
  }

  private let columns: [KeyColumn]
  private let layout: KeyLayout
  private let lookup: Lookup
  /// The rows of each key; nil where every key stands in one row, and what is found is that row.
  let groups: RowGroups?
  /// How many rows there are, and how many of them have a key.
  let rowCount: Int
  /// Above all that is found.
  var foundCount: Int { groups?.count ?? rowCount }

  private static let blockSize = 256
  private static let chunkSize = 1 << 15

  /// About how many bytes an index over so many rows takes.
  static func byteCount(rows: Int) -> Int { rows * 9 + HashedKeys.byteCount(rows: rows) }

  /// Of columns of one length. O(rows), in parallel. Throws `tooLarge` where there is not the memory for it, or `interrupted`.
  init(_ columns: [KeyColumn], _ progress: Progress) throws(EngineError) {
    let rowCount = columns.first?.count ?? 0
    do throws(OutOfMemory) { try Memory.require(Self.byteCount(rows: rowCount)) } catch {
      throw EngineError(error, rows: rowCount)
    }
    let layout = KeyLayout(of: columns)
    self.columns = columns
    self.layout = layout
    self.rowCount = rowCount
    let (codes, isThere) = Self.coded(columns, layout, rowCount, progress)
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    if let direct = layout.isExact ? DirectKeys(codes, isThere) : nil {
      lookup = .direct(least: direct.least, found: direct.found)
      groups = direct.groups
    } else {
      let compare: @Sendable (Int, Int) -> Bool = { row, other in columns.allSatisfy { $0.equal(row, $0, other) } }
      let areEqual = layout.isExact ? nil : compare
      let hashed = HashedKeys(codes, isThere, areEqual: areEqual, progress)
      lookup = .hashed(hashed)
      groups = hashed.groups
    }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
  }

  /// The code of every row, and which rows have one; nil where all have.
  private static func coded(
    _ columns: [KeyColumn], _ layout: KeyLayout, _ rows: Int, _ progress: Progress
  ) -> (Room<UInt64>, Room<Bool>?) {
    let codes = Room<UInt64>(rows)
    let isThere = Room<Bool>(rows)
    let chunks = (rows + chunkSize - 1) / chunkSize
    let areAll = parallelMap(chunks) { chunk in
      if progress.isCancelled { return false }
      let block = chunk * chunkSize..<min(rows, (chunk + 1) * chunkSize)
      return layout.encode(columns, block, codes.base + block.lowerBound, isThere.base + block.lowerBound)
    }
    return (codes, areAll.allSatisfy { $0 } ? nil : isThere)
  }

  // MARK: Looking up

  /// For each row of columns of the same forms what is found by its key: the row, or the group where there are groups; -1 for none.
  /// O(rows), in parallel. Throws `interrupted`.
  func found(_ others: [KeyColumn], rows count: Int, _ progress: Progress) throws(EngineError) -> Room<Int32> {
    let found = Room<Int32>(count)
    if others.count == 1, let (words, codes) = others[0].words, words.count < count {
      let word = try self.found([words], rows: words.count, progress)
      let column = others[0]
      parallelChunks(of: count, size: Self.chunkSize) { _, rows in
        for row in rows { found.base[row] = column.isValid(row) ? word.base[Int(codes[row])] : -1 }
      }
    } else {
      parallelChunks(of: count, size: Self.chunkSize) { _, rows in
        if !progress.isCancelled { find(others, rows, found.base) }
      }
    }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    return found
  }

  /// What is found by the rows of a stretch.
  private func find(_ others: [KeyColumn], _ rows: Range<Int>, _ found: UnsafeMutablePointer<Int32>) {
    let size = Self.blockSize
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: size) { codes in
      withUnsafeTemporaryAllocation(of: Bool.self, capacity: size) { isThere in
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 2 * size) { places in
          guard let codes = codes.baseAddress, let isThere = isThere.baseAddress, let places = places.baseAddress
          else { return }
          for start in stride(from: rows.lowerBound, to: rows.upperBound, by: size) {
            let block = start..<min(rows.upperBound, start + size)
            let all = layout.encode(others, block, codes, isThere)
            switch lookup {
            case .direct(let least, let direct):
              Self.look(direct, least, codes, all ? nil : isThere, found + start, block.count)
            case .hashed(let keys):
              keys.find(codes, block.count, all ? nil : isThere, found + start, places, places + size)
              if !layout.isExact { compare(others, block, codes, places, places + size, keys, found + start) }
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private static func look(
    _ direct: Room<Int32>, _ least: UInt64, _ codes: UnsafePointer<UInt64>, _ isThere: UnsafePointer<Bool>?,
    _ found: UnsafeMutablePointer<Int32>, _ count: Int
  ) {
    let span = UInt64(truncatingIfNeeded: direct.count)
    for place in 0..<count {
      let offset = codes[place] &- least
      let isNear = offset < span && (isThere?[place] ?? true)
      found[place] = isNear ? direct.base[Int(truncatingIfNeeded: offset)] : -1
    }
  }

  /// Looks on where a row has the code of another key; `rows` has room for the rows of a block.
  private func compare(
    _ others: [KeyColumn], _ block: Range<Int>, _ codes: UnsafePointer<UInt64>, _ places: UnsafePointer<Int>,
    _ rows: UnsafeMutablePointer<Int>, _ keys: HashedKeys, _ found: UnsafeMutablePointer<Int32>
  ) {
    for place in 0..<block.count { rows[place] = places[place] < 0 ? -1 : keys.row(at: places[place]) }
    for (own, other) in zip(columns, others) { own.strike(rows, unlike: other, block) }
    for place in 0..<block.count where rows[place] == KeyColumn.struck {
      let next = keys.find(codes[place]) { isEqual($0, others, block.lowerBound &+ place) }
      found[place] = next < 0 ? -1 : keys.found(at: next)
    }
  }

  @inline(__always)
  private func isEqual(_ row: Int, _ others: [KeyColumn], _ other: Int) -> Bool {
    for place in columns.indices where !columns[place].equal(row, others[place], other) { return false }
    return true
  }
}

extension KeyIndex {
  /// The rows of each key, where every key stands in one row too. O(rows).
  var lists: RowGroups {
    if let groups { return groups }
    let starts = Room<Int32>(rowCount + 1)
    let rows = Room<Int32>(rowCount)
    for row in 0..<rowCount {
      starts.base[row] = Int32(truncatingIfNeeded: row)
      rows.base[row] = Int32(truncatingIfNeeded: row)
    }
    starts.base[rowCount] = Int32(truncatingIfNeeded: rowCount)
    return RowGroups(starts: starts, rows: rows)
  }

  /// How many keys stand in several rows. O(keys).
  var repeatedCount: Int {
    guard let groups else { return 0 }
    return (0..<groups.count).reduce(0) { $0 + (groups.size(of: $1) > 1 ? 1 : 0) }
  }
}
