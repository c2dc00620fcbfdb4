import Glibc
import Kernels

/// The bins row by row, as one fit has them: a record has the bins of up to 60 columns and the row's gradients at its end, so
/// that a row's visit costs one line of the cache. More columns are in several groups of records.
final class RowRecords: @unchecked Sendable {
  struct Group: Sendable {
    let columns: Range<Int>
    let stride: Int
    nonisolated(unsafe) let records: UnsafeMutableRawPointer
  }

  static let mostColumns = 60

  let rowCount: Int
  let groups: [Group]

  /// Incomplete when cancelled.
  init(_ binned: BinnedColumns, _ team: BoostingTeam, _ progress: Progress) {
    rowCount = binned.rowCount
    let count = binned.columns.count
    let number = max(1, (count + Self.mostColumns - 1) / Self.mostColumns)
    groups = (0..<number).map { group in
      let columns = group * count / number..<(group + 1) * count / number
      let stride = (columns.count + 3) / 4 * 4 + 4
      return Group(
        columns: columns, stride: stride,
        records: UnsafeMutableRawPointer(UnsafeMutablePointer<UInt8>.allocateRoomy(binned.rowCount * stride)))
    }
    let blocks = (rowCount + 4095) / 4096
    team.each(blocks * number) { _, task in
      if progress.isCancelled { return }
      let group = groups[task / blocks]
      let start = task % blocks * 4096
      Self.fill(group, binned, start..<min(rowCount, start + 4096))
    }
  }

  deinit { for group in groups { free(group.records) } }

  private static func fill(_ group: Group, _ binned: BinnedColumns, _ rows: Range<Int>) {
    let target = group.records.assumingMemoryBound(to: UInt8.self)
    for (place, column) in group.columns.enumerated() {
      let cells = binned.columns[column].cells
      for row in rows { target[row &* group.stride &+ place] = cells[row] }
    }
  }

  /// Puts the gradients of `rows`, one after the other in `pairs`, into the records.
  @inline(never)
  func store(_ pairs: UnsafePointer<Int32>, _ rows: Range<Int>) {
    for group in groups {
      let end = group.records + ((rows.lowerBound &+ 1) &* group.stride &- 4)
      for place in 0..<rows.count {
        end.storeBytes(of: pairs[place], toByteOffset: place &* group.stride, as: Int32.self)
      }
    }
  }
}
