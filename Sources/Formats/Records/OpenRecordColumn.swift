import Notation
import Tables

/// Settles a column of which the sample held no value, once all records have been read.
enum OpenRecordColumn {
  /// Cells that were kept as text, as the narrowest type that loses nothing of all of them.
  static func settled(_ cells: TextCells, as type: ColumnType) -> Column {
    let all = (0..<cells.count).map { cells[$0] }
    switch type {
    case .bool: return .bool(Cells(all.map { $0.map { $0 == "true" } }, filler: false))
    case .int: return .int(Cells(all.map { $0.flatMap { Int64($0) } }, filler: 0))
    case .float: return .float(Cells(all.map { $0.flatMap(NumberReader.shared.double) }, filler: 0))
    case .text, .date, .datetime, .vector: return .text(cells)
    }
  }
}
