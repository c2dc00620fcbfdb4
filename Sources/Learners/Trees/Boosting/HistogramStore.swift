import Glibc

/// The histograms of leaves: builds them, and uses their memory again.
final class HistogramStore: @unchecked Sendable {
  typealias Cells = UnsafeMutablePointer<Int64>

  /// Cells of one histogram.
  let size: Int
  private let records: RowRecords
  private let rows: LeafRows
  private let isRegression: Bool
  private var free: [Cells] = []
  private var all: [Cells] = []
  /// Where the members of a team but the first sum; whole numbers do not show how many there were.
  let partial: [Cells]

  /// For a team of which `members` sum rows of the same leaf.
  init(_ records: RowRecords, _ rows: LeafRows, members: Int, columns: Int, isRegression: Bool) {
    self.records = records
    self.rows = rows
    self.isRegression = isRegression
    size = columns * HistogramKernels.cells
    partial = (1..<max(1, members)).map { [size] _ in Cells.allocateRoomy(size) }
  }

  deinit { for cells in all + partial { Glibc.free(cells) } }

  func take() -> Cells {
    if let cells = free.popLast() { return cells }
    let cells = Cells.allocateRoomy(size)
    all.append(cells)
    return cells
  }

  func give(_ cells: Cells) { free.append(cells) }

  /// The columns of a group, as cells.
  static func cells(of columns: Range<Int>) -> Range<Int> {
    columns.lowerBound * HistogramKernels.cells..<columns.upperBound * HistogramKernels.cells
  }

  /// Adds rows of a list to the columns of one group.
  func add(_ stretch: Range<Int>, _ group: RowRecords.Group, into cells: Cells) {
    let target = cells + Self.cells(of: group.columns).lowerBound
    let list = rows.rows + stretch.lowerBound
    if isRegression {
      HistogramKernels.addGradients(list, stretch.count, group, into: target)
    } else {
      HistogramKernels.addPairs(list, stretch.count, group, into: target)
    }
  }

  /// Adds consecutive rows to the columns of one group.
  func add(block: Range<Int>, _ group: RowRecords.Group, into cells: Cells) {
    let target = cells + Self.cells(of: group.columns).lowerBound
    if isRegression {
      HistogramKernels.addGradients(block, group, into: target)
    } else {
      HistogramKernels.addPairs(block, group, into: target)
    }
  }

  /// Adds what the other members summed.
  @inline(never)
  func merge(_ cells: Range<Int>, into target: Cells) {
    for part in partial {
      for place in cells { target[place] &+= part[place] }
    }
  }

  /// Leaves in `parent` what `child` has not.
  @inline(never)
  static func subtract(_ child: Cells, from parent: Cells, _ cells: Range<Int>) {
    for place in cells { parent[place] &-= child[place] }
  }
}
