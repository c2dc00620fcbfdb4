import Kernels

/// For each row of a table the rows of another that match it.
struct Matches: Sendable {
  /// A row of the other table or, where there are groups, a group of its rows, never without rows; -1 for none.
  let found: Room<Int32>
  let groups: RowGroups?
  /// How many rows have a match.
  let matchedCount: Int
  /// How many pairs of rows match.
  let pairCount: Int
  /// How many rows of each chunk have a match.
  private let matchedInChunk: [Int]

  private static let chunkSize = 1 << 15

  init(_ found: Room<Int32>, _ groups: RowGroups?) {
    self.found = found
    self.groups = groups
    let chunks = (found.count + Self.chunkSize - 1) / Self.chunkSize
    let counts = parallelMap(chunks) { chunk in
      let rows = Self.rows(of: chunk, of: found.count)
      // Whether a row has a match cannot be foretold, so nothing branches on it.
      var unmatched: Int32 = 0
      for row in rows { unmatched &-= found.base[row] &>> 31 }
      let matched = rows.count - Int(unmatched)
      guard let groups else { return (matched: matched, pairs: matched) }
      var pairs = 0
      for row in rows where found.base[row] >= 0 { pairs &+= groups.size(of: Int(found.base[row])) }
      return (matched: matched, pairs: pairs)
    }
    matchedInChunk = counts.map(\.matched)
    matchedCount = counts.reduce(0) { $0 + $1.matched }
    pairCount = counts.reduce(0) { $0 + $1.pairs }
  }

  var rowCount: Int { found.count }

  private static func rows(of chunk: Int, of count: Int) -> Range<Int> {
    chunk * chunkSize..<min(count, (chunk + 1) * chunkSize)
  }

  /// How many rows of a result the rows make.
  func resultCount(_ kind: JoinKind) -> Int {
    switch kind {
    case .inner, .right: pairCount
    case .left, .full, .asof: pairCount + rowCount - matchedCount
    case .semi: matchedCount
    case .anti: rowCount - matchedCount
    }
  }

  /// The rows of the result, in the order of the table's rows and for each in that of the other's. O(rows + result), in parallel.
  func pairs(_ kind: JoinKind) -> PairedRows { pairs(kind, of: 0..<rowCount) }

  /// Stretches of rows that make about so many rows of a result each, in their order.
  func stretches(_ kind: JoinKind, of most: Int) -> [Range<Int>] {
    guard resultCount(kind) > most else { return rowCount > 0 ? [0..<rowCount] : [] }
    var stretches: [Range<Int>] = []
    var (start, count) = (0, 0)
    for row in 0..<rowCount {
      let size = resultSize(of: row, kind)
      if count > 0, count + size > most {
        stretches.append(start..<row)
        (start, count) = (row, 0)
      }
      count += size
    }
    stretches.append(start..<rowCount)
    return stretches
  }

  @inline(__always)
  private func resultSize(of row: Int, _ kind: JoinKind) -> Int {
    let match = found.base[row]
    if match < 0 { return kind.keepsOwn || kind == .anti ? 1 : 0 }
    switch kind {
    case .anti: return 0
    case .semi: return 1
    case .inner, .left, .right, .full, .asof: return groups?.size(of: Int(match)) ?? 1
    }
  }

  /// The rows of the result that a stretch of the rows makes.
  func pairs(_ kind: JoinKind, of stretch: Range<Int>) -> PairedRows {
    if stretch == 0..<rowCount {
      if groups == nil || kind.onlyChooses, let simple = simple(kind) { return simple }
      if groups == nil, kind == .inner || kind == .right { return matchedRows() }
    }
    let chunks = (stretch.count + Self.chunkSize - 1) / Self.chunkSize
    @Sendable func rows(of chunk: Int) -> Range<Int> {
      let part = Self.rows(of: chunk, of: stretch.count)
      return stretch.lowerBound + part.lowerBound..<stretch.lowerBound + part.upperBound
    }
    let counts = parallelMap(chunks) { chunk in
      rows(of: chunk).reduce(0) { $0 &+ resultSize(of: $1, kind) }
    }
    var starts = [0]
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    let (firsts, all) = (starts, starts[chunks])
    let own = Room<Int32>(all)
    let others = kind.onlyChooses ? nil : Room<Int32>(all)
    parallelFor(chunks) { chunk in
      var at = firsts[chunk]
      for row in rows(of: chunk) {
        let size = resultSize(of: row, kind)
        for place in at..<at &+ size { own.base[place] = Int32(truncatingIfNeeded: row) }
        if let others, size > 0 { write(found.base[row], others.base + at) }
        at &+= size
      }
    }
    let gaps = kind.keepsOwn && matchedCount < rowCount ? Gaps() : nil
    return PairedRows(own: .list(own, 0..<all), others: others.map { .list($0, 0..<all, gaps) })
  }

  /// The rows that have a match, each of which has one.
  private func matchedRows() -> PairedRows {
    var starts = [0]
    for count in matchedInChunk { starts.append(starts[starts.count - 1] + count) }
    let (firsts, all) = (starts, matchedCount)
    let (own, others) = (Room<Int32>(all), Room<Int32>(all))
    parallelFor(matchedInChunk.count) { chunk in
      var at = firsts[chunk]
      let end = firsts[chunk + 1]
      for row in Self.rows(of: chunk, of: rowCount) {
        if at == end { break }
        // A row without a match is written over by the next.
        own.base[at] = Int32(truncatingIfNeeded: row)
        others.base[at] = found.base[row]
        at &+= 1 &+ Int(found.base[row] &>> 31)
      }
    }
    return PairedRows(own: .list(own, 0..<all), others: .list(others, 0..<all))
  }

  /// The rows of the other table that are a row's matches, or -1.
  @inline(__always)
  private func write(_ match: Int32, _ target: UnsafeMutablePointer<Int32>) {
    if match >= 0, let groups {
      let rows = groups.rows(of: Int(match))
      for place in 0..<rows.count { target[place] = rows[place] }
    } else {
      target[0] = match
    }
  }

  /// Where what was found is the result's rows as it stands; nil where it is not.
  private func simple(_ kind: JoinKind) -> PairedRows? {
    let all = 0..<rowCount
    switch kind {
    case .left, .full, .asof:
      return PairedRows(own: .whole(rowCount), others: .list(found, all, matchedCount < rowCount ? Gaps() : nil))
    case .inner, .right:
      guard matchedCount == rowCount else { return nil }
      return PairedRows(own: .whole(rowCount), others: .list(found, all))
    case .semi: return matchedCount == rowCount ? PairedRows(own: .whole(rowCount), others: nil) : nil
    case .anti: return matchedCount == 0 ? PairedRows(own: .whole(rowCount), others: nil) : nil
    }
  }
}

/// For each row of a result the rows of both tables that it is made of.
struct PairedRows: Sendable {
  let own: TakenRows
  /// nil where no column of the other table is wanted.
  let others: TakenRows?

  var count: Int { own.count }

  /// Stretches of the result of at most so many rows.
  func parts(of most: Int) -> [PairedRows] {
    guard count > most else { return [self] }
    return stride(from: 0, to: count, by: most).map { start in
      let stretch = start..<min(count, start + most)
      return PairedRows(own: own.part(stretch), others: others?.part(stretch))
    }
  }
}
