import CVector

/// What a record's last 32 bits add to a cell.
protocol CellValue {
  static func value(_ pair: Int32) -> Int64
}

/// 16 bits of gradient above 16 bits of hessian.
enum PairValue: CellValue {
  @inline(__always)
  static func value(_ pair: Int32) -> Int64 {
    Int64(pair >> 16) &<< Int64(GradientScale.pairShift) &+ Int64(pair & 0xFFFF)
  }
}

/// A gradient with a hessian of 1.
enum GradientValue: CellValue {
  @inline(__always)
  static func value(_ pair: Int32) -> Int64 { Int64(pair) &<< Int64(GradientScale.countShift) &+ 1 }
}

/// The loops in which boosting spends its time: adding rows' gradients to their bins' cells.
enum HistogramKernels {
  /// Cells from one column to the next: a little more than 256, or columns with few bins would write to addresses that are equal in
  /// their last 12 bits, and a processor takes such writes for one and the same (3 ns an addition instead of 0.6).
  static let cells = 264
  /// Rows that must be readable behind the last of a list.
  static let ahead = 24

  /// Adds rows `rows[0 ..< count]`.
  @inline(__always)
  static func add<Value: CellValue>(
    _: Value.Type, _ rows: UnsafePointer<UInt32>, _ count: Int, _ group: RowRecords.Group,
    into histogram: UnsafeMutablePointer<Int64>
  ) {
    let (records, stride, columns) = (UnsafeRawPointer(group.records), group.stride, group.columns.count)
    let last = stride > 32 ? stride &- 4 : 0
    for index in 0..<count {
      let later = records + Int(rows[index &+ ahead]) &* stride
      mlp_prefetch(later)
      if last > 0 { mlp_prefetch(later + last) }
      addRow(Value.self, records + Int(rows[index]) &* stride, stride, columns, histogram)
    }
  }

  /// Adds a stretch of rows.
  @inline(__always)
  static func add<Value: CellValue>(
    _: Value.Type, _ rows: Range<Int>, _ group: RowRecords.Group, into histogram: UnsafeMutablePointer<Int64>
  ) {
    let (records, stride, columns) = (UnsafeRawPointer(group.records), group.stride, group.columns.count)
    for row in rows { addRow(Value.self, records + row &* stride, stride, columns, histogram) }
  }

  @inline(__always)
  private static func addRow<Value: CellValue>(
    _: Value.Type, _ record: UnsafeRawPointer, _ stride: Int, _ columns: Int, _ histogram: UnsafeMutablePointer<Int64>
  ) {
    let value = Value.value(record.load(fromByteOffset: stride &- 4, as: Int32.self))
    var target = histogram
    var column = 0
    while column &+ 8 <= columns {
      // Eight indices before eight updates: an update then never waits for the load of an index.
      let bins = record.loadUnaligned(fromByteOffset: column, as: UInt64.self)
      let a = Int(bins & 255)
      let b = Int(bins &>> 8 & 255) &+ cells
      let c = Int(bins &>> 16 & 255) &+ 2 &* cells
      let d = Int(bins &>> 24 & 255) &+ 3 &* cells
      let e = Int(bins &>> 32 & 255) &+ 4 &* cells
      let f = Int(bins &>> 40 & 255) &+ 5 &* cells
      let g = Int(bins &>> 48 & 255) &+ 6 &* cells
      let h = Int(bins &>> 56) &+ 7 &* cells
      target[a] &+= value
      target[b] &+= value
      target[c] &+= value
      target[d] &+= value
      target[e] &+= value
      target[f] &+= value
      target[g] &+= value
      target[h] &+= value
      target += 8 &* cells
      column &+= 8
    }
    if column &+ 4 <= columns {
      let bins = record.load(fromByteOffset: column, as: UInt32.self)
      let a = Int(bins & 255)
      let b = Int(bins &>> 8 & 255) &+ cells
      let c = Int(bins &>> 16 & 255) &+ 2 &* cells
      let d = Int(bins &>> 24) &+ 3 &* cells
      target[a] &+= value
      target[b] &+= value
      target[c] &+= value
      target[d] &+= value
      target += 4 &* cells
      column &+= 4
    }
    while column < columns {
      target[Int(record.load(fromByteOffset: column, as: UInt8.self))] &+= value
      target += cells
      column &+= 1
    }
  }

  @inline(never)
  static func addPairs(
    _ rows: UnsafePointer<UInt32>, _ count: Int, _ group: RowRecords.Group, into target: UnsafeMutablePointer<Int64>
  ) { add(PairValue.self, rows, count, group, into: target) }

  @inline(never)
  static func addGradients(
    _ rows: UnsafePointer<UInt32>, _ count: Int, _ group: RowRecords.Group, into target: UnsafeMutablePointer<Int64>
  ) { add(GradientValue.self, rows, count, group, into: target) }

  @inline(never)
  static func addPairs(_ rows: Range<Int>, _ group: RowRecords.Group, into target: UnsafeMutablePointer<Int64>) {
    add(PairValue.self, rows, group, into: target)
  }

  @inline(never)
  static func addGradients(_ rows: Range<Int>, _ group: RowRecords.Group, into target: UnsafeMutablePointer<Int64>) {
    add(GradientValue.self, rows, group, into: target)
  }
}
