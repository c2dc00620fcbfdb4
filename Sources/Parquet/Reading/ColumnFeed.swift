import Kernels
import Tables

/// Decodes the columns of row groups side by side and hands on their rows in order, a chunk after the other.
///
/// A column of a row group is decoded from front to back, so that its parts follow each other; any two columns and any two row groups are
/// apart. Threads take what comes first in the file among what is free, a bounded number of chunks ahead of the one that takes the rows.
final class ColumnFeed: @unchecked Sendable {
  /// Rows of a chunk, all of one row group.
  final class Chunk {
    fileprivate let group: Group
    /// Which of its row group's chunks it is.
    fileprivate let place: Int
    let rowCount: Int
    /// What became of its columns.
    fileprivate(set) var parts: [Result<ColumnPart, ParquetFailure>?]
    /// Columns that some thread is at, or was.
    fileprivate var claimed = 0
    fileprivate var missing: Int

    fileprivate init(_ group: Group, _ place: Int, rowCount: Int, columns: Int) {
      self.group = group
      self.place = place
      self.rowCount = rowCount
      parts = Array(repeating: nil, count: columns)
      missing = columns
    }

    /// Where the chunk is, for messages.
    var groupNumber: Int { group.number }
  }

  /// A row group whose columns are being decoded.
  fileprivate final class Group {
    let number: Int
    let metadata: FileMetadata.RowGroup
    var lanes: [ColumnLane?]
    /// For each column the chunk that comes next, and whether a thread is at it.
    var next: [Int]
    var isBusy: [Bool]

    init(_ number: Int, _ metadata: FileMetadata.RowGroup, columns: Int) {
      self.number = number
      self.metadata = metadata
      lanes = Array(repeating: nil, count: columns)
      next = Array(repeating: 0, count: columns)
      isBusy = Array(repeating: false, count: columns)
    }
  }

  /// A column of a chunk to be decoded.
  private struct Claim: @unchecked Sendable {
    let chunk: Chunk
    let column: Int
    let lane: ColumnLane?
  }

  private let columns: [ReadColumn]
  private let layout: ChunkLayout
  private let file: FileBytes
  private let expander = Expander()
  private let progress: Progress
  private let monitor = Monitor()

  // Within the monitor:

  private var rest: ChunkSequence
  /// The chunks under way, in order.
  private var open: [Chunk] = []
  private var isStopped = false
  /// Threads that wait for a column to decode.
  private var waiting = 0

  /// Gives the first `rowCount` rows of the row groups, each with its number in the file.
  init(
    _ columns: [ReadColumn], _ groups: [(number: Int, group: FileMetadata.RowGroup)], rowCount: Int,
    _ layout: ChunkLayout, _ file: FileBytes, _ progress: Progress
  ) {
    self.columns = columns
    self.layout = layout
    self.file = file
    self.progress = progress
    rest = ChunkSequence(groups, rowCount: rowCount, rowsPerChunk: layout.rowCount, columns: columns.count)
  }

  /// Decodes on `threads` threads and gives the chunks to `take` on this one, in order, until there are no more or it says so.
  func run(
    threads: Int, check: () throws(SourceError) -> Void, take: (Chunk) throws(SourceError) -> ScanStep
  ) throws(SourceError) {
    let team = WorkerTeam(threads > 1 ? threads : 0) { _ in
      while let claim = self.claim(mayWait: true) { self.decode(claim) }
    }
    defer {
      stop()
      team.join()
    }
    // Where there is no other thread, this one decodes.
    let isAlone = team.size == 0
    while true {
      try check()
      if isAlone {
        while !hasFirst, let claim = claim(mayWait: false) { decode(claim) }
      }
      switch first() {
      case .chunk(let chunk): if try take(chunk) == .stop { return }
      case .none: continue
      case .end: return
      }
    }
  }

  private func stop() {
    monitor.within {
      isStopped = true
      monitor.changed()
    }
  }

  private enum First {
    case chunk(Chunk), none, end
  }

  private var hasFirst: Bool { monitor.within { open.first?.missing == 0 } }

  /// The next chunk once all its columns are there; waits for it a little.
  private func first() -> First {
    monitor.within {
      refill()
      guard let chunk = open.first else { return .end }
      guard chunk.missing == 0 else {
        monitor.wait()
        return .none
      }
      open.removeFirst()
      refill()
      monitor.changed()
      return .chunk(chunk)
    }
  }

  /// Opens as many chunks as may be under way.
  private func refill() {
    while open.count < layout.window, let chunk = rest.chunk() { open.append(chunk) }
  }

  /// The first column that can be decoded now; nil when there is none left, or none yet where it must not wait.
  private func claim(mayWait: Bool) -> Claim? {
    monitor.within {
      while true {
        if isStopped || progress.isCancelled { return nil }
        refill()
        for chunk in open where chunk.claimed < columns.count {
          let (column, group) = (chunk.claimed, chunk.group)
          guard group.next[column] == chunk.place, !group.isBusy[column] else { continue }
          chunk.claimed += 1
          group.isBusy[column] = true
          return Claim(chunk: chunk, column: column, lane: group.lanes[column])
        }
        if !mayWait || rest.isDone && !open.contains(where: { $0.claimed < columns.count }) { return nil }
        waiting += 1
        monitor.wait()
        waiting -= 1
      }
    }
  }

  private func decode(_ claim: Claim) {
    let (chunk, group) = (claim.chunk, claim.chunk.group)
    var lane = claim.lane
    let part: Result<ColumnPart, ParquetFailure>
    do throws(ParquetFailure) {
      let opened: ColumnLane
      if let lane { opened = lane } else { opened = try self.lane(of: claim.column, in: group) }
      lane = opened
      part = .success(try opened.part(chunk.rowCount))
    } catch {
      part = .failure(error)
    }
    monitor.within {
      chunk.parts[claim.column] = part
      chunk.missing -= 1
      group.isBusy[claim.column] = false
      group.next[claim.column] += 1
      let isLast = group.next[claim.column] * layout.rowCount >= group.metadata.rowCount
      group.lanes[claim.column] = isLast ? nil : lane
      // Nobody is woken for a column among many.
      if waiting > 0 || chunk.missing == 0 { monitor.changed() }
    }
  }

  private func lane(of place: Int, in group: Group) throws(ParquetFailure) -> ColumnLane {
    let column = columns[place]
    return try ColumnLane.open(
      ColumnLane.Site(
        file: file, column: column, chunk: group.metadata.chunks[column.leaf.place], rowCount: group.metadata.rowCount,
        stretch: layout.stretch, isFrugal: layout.isFrugal, expander: expander), progress)
  }

  /// The chunks of row groups, one after the other.
  private struct ChunkSequence {
    private let groups: [(number: Int, group: FileMetadata.RowGroup)]
    private let rowsPerChunk: Int
    private let columns: Int
    private var left: Int
    private var next = 0
    private var group: Group?
    private var place = 0

    init(_ groups: [(number: Int, group: FileMetadata.RowGroup)], rowCount: Int, rowsPerChunk: Int, columns: Int) {
      self.groups = groups
      self.rowsPerChunk = rowsPerChunk
      self.columns = columns
      left = rowCount
    }

    /// Whether there are no more.
    var isDone: Bool { left == 0 }

    mutating func chunk() -> Chunk? {
      guard left > 0 else { return nil }
      while group.map({ place * rowsPerChunk >= $0.metadata.rowCount }) ?? true {
        guard next < groups.count else { return nil }
        group = Group(groups[next].number, groups[next].group, columns: columns)
        next += 1
        place = 0
      }
      guard let group else { return nil }
      let rows = min(left, rowsPerChunk, group.metadata.rowCount - place * rowsPerChunk)
      defer { place += 1 }
      left -= rows
      return Chunk(group, place, rowCount: rows, columns: columns)
    }
  }
}

/// How many rows are decoded at a time, and how far ahead.
struct ChunkLayout: Equatable {
  /// Rows of a chunk at most, and at least where there are many columns.
  private static let (mostRows, leastRows) = (1 << 16, 1 << 10)
  /// Bytes of a chunk's cells, and of all that are under way; shares of the memory that may be used.
  private static let (chunkBytes, bytesUnderWay) = (64 << 20, 96 << 20)
  private static let (chunkShare, shareUnderWay) = (32, 16)
  private static let (leastWindow, mostWindow) = (2, 64)
  /// A text is taken to be no longer than this.
  private static let mostText = 1 << 20
  private static let (leastStretch, mostStretch) = (1 << 16, 1 << 20)

  let rowCount: Int
  /// Chunks that may be under way.
  let window: Int
  /// Bytes of a column that are read at a time.
  let stretch: Int
  /// Whether there are so many columns that what is read ahead of each is too much to be kept.
  var isFrugal: Bool { stretch < Self.mostStretch }

  /// Tests ask for other chunks.
  init(rowCount: Int, window: Int, stretch: Int) {
    self.rowCount = rowCount
    self.window = window
    self.stretch = stretch
  }

  init(_ columns: [ReadColumn], _ file: FileMetadata) {
    let rowSize = max(1, columns.reduce(0) { $0 + Self.cellSize($1, file) })
    let bytes = min(Self.chunkBytes, Memory.bound / Self.chunkShare)
    rowCount = min(Self.mostRows, max(Self.leastRows, bytes / rowSize / Self.leastRows * Self.leastRows))
    let underWay = min(Self.bytesUnderWay, Memory.bound / Self.shareUnderWay)
    window = min(Self.mostWindow, max(Self.leastWindow, underWay / (rowCount * rowSize)))
    stretch = min(Self.mostStretch, max(Self.leastStretch, underWay / max(1, columns.count)))
  }

  /// About how many bytes a cell takes.
  private static func cellSize(_ column: ReadColumn, _ file: FileMetadata) -> Int {
    switch column.rule.type {
    case .bool: return 1
    case .date: return 4
    case .int, .float, .datetime, .vector: return 8
    case .text:
      let largest = file.groups.max { $0.rowCount < $1.rowCount }
      guard let group = largest, group.rowCount > 0 else { return 8 }
      return 8 + max(0, min(group.chunks[column.leaf.place].uncompressedSize / group.rowCount, mostText))
    }
  }
}
