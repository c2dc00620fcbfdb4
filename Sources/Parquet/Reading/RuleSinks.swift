import Tables

extension CellRule {
  /// What makes cells of a column of a row group with so many rows.
  func sink(rows: Int) -> any ColumnSink {
    switch self {
    case .bool:
      return CellSink<Bool>(
        filler: false, bits: [false, true],
        read: { (_, _, _, _) throws(ParquetFailure) in throw .damaged("it has a dictionary of booleans") },
        Column.bool)
    case .int(let rule):
      return CellSink<Int64>(
        filler: 0, read: { (page, count, target, _) throws(ParquetFailure) in try rule.read(&page, count, target) },
        Column.int)
    case .float(let rule):
      return CellSink<Double>(
        filler: 0, refusal: FloatRule.refusal,
        read: { (page, count, target, _) throws(ParquetFailure) in try rule.read(&page, count, target) }, Column.float)
    case .date:
      return CellSink<Int32>(
        filler: 0,
        read: { (page, count, target, _) throws(ParquetFailure) in
          let values = try page.values(count, width: 4)
          UnsafeMutableRawPointer(target).copyMemory(from: values, byteCount: count * 4)
        }, Column.date)
    case .datetime(let rule):
      return CellSink<Int64>(
        filler: 0,
        read: { (page, count, target, found) throws(ParquetFailure) in
          try rule.read(&page, count, target, &found)
        }, Column.datetime)
    case .text(let rule): return TextSink(rule, rowCount: rows)
    case .nothing: return NothingSink()
    }
  }
}
