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

/// Rows whose records are visited one after the other.
protocol RowOrder {
  var count: Int { get }
  /// Bytes of a record.
  var stride: Int { get }
  func record(_ index: Int) -> UnsafeRawPointer
}

/// The loops in which boosting spends its time: adding rows' gradients to their bins' cells.
enum HistogramKernels {
  /// Cells from one column to the next: a little more than 256, or columns with few bins would write to addresses that are equal in
  /// their last 12 bits, and a processor takes such writes for one and the same (3 ns an addition instead of 0.6).
  static let cells = 264
  /// How many rows before its turn a record is asked for, and rows that must be readable behind the last of a list.
  static let ahead = 48

  /// Rows of a list.
  struct Listed: RowOrder {
    let rows: UnsafePointer<UInt32>
    let count: Int
    let records: UnsafeRawPointer
    let stride: Int

    @inline(__always)
    func record(_ index: Int) -> UnsafeRawPointer {
      let later = records + Int(rows[index &+ ahead]) &* stride
      mlp_prefetch(later)
      if stride > 32 { mlp_prefetch(later + (stride &- 4)) }
      return records + Int(rows[index]) &* stride
    }
  }

  /// Rows one after the other.
  struct Consecutive: RowOrder {
    let count: Int
    let first: UnsafeRawPointer
    let stride: Int

    @inline(__always)
    func record(_ index: Int) -> UnsafeRawPointer { first + index &* stride }
  }

  /// Adds rows to the columns of a group.
  ///
  /// How many eights of columns there are is known where each of the loops is compiled, which takes a tenth of its time.
  @inline(__always)
  private static func add<Value: CellValue>(
    _: Value.Type, _ rows: some RowOrder, _ group: RowRecords.Group, into histogram: UnsafeMutablePointer<Int64>
  ) {
    let columns = group.columns.count
    switch columns &>> 3 {
    case 0: add(Value.self, rows, eights: 0, columns, histogram)
    case 1: add(Value.self, rows, eights: 1, columns, histogram)
    case 2: add(Value.self, rows, eights: 2, columns, histogram)
    case 3: add(Value.self, rows, eights: 3, columns, histogram)
    case 4: add(Value.self, rows, eights: 4, columns, histogram)
    case 5: add(Value.self, rows, eights: 5, columns, histogram)
    case 6: add(Value.self, rows, eights: 6, columns, histogram)
    default: add(Value.self, rows, eights: 7, columns, histogram)
    }
  }

  @inline(__always)
  private static func add<Value: CellValue, Rows: RowOrder>(
    _: Value.Type, _ rows: Rows, eights: Int, _ columns: Int, _ histogram: UnsafeMutablePointer<Int64>
  ) {
    let (end, rest) = (rows.stride &- 4, columns &- 8 &* eights)
    for index in 0..<rows.count {
      let record = rows.record(index)
      let value = Value.value(record.load(fromByteOffset: end, as: Int32.self))
      var (bins, target) = (record, histogram)
      for _ in 0..<eights {
        addEight(bins, value, target)
        bins += 8
        target += 8 &* cells
      }
      var column = 0
      if rest & 4 != 0 {
        addFour(bins, value, target)
        column = 4
      }
      while column < rest {
        target[column &* cells &+ Int(bins.load(fromByteOffset: column, as: UInt8.self))] &+= value
        column &+= 1
      }
    }
  }

  /// Eight indices before eight updates: an update then never waits for the load of an index.
  @inline(__always)
  private static func addEight(_ record: UnsafeRawPointer, _ value: Int64, _ target: UnsafeMutablePointer<Int64>) {
    let bins = record.loadUnaligned(as: UInt64.self)
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
  }

  @inline(__always)
  private static func addFour(_ record: UnsafeRawPointer, _ value: Int64, _ target: UnsafeMutablePointer<Int64>) {
    let bins = record.load(as: UInt32.self)
    let a = Int(bins & 255)
    let b = Int(bins &>> 8 & 255) &+ cells
    let c = Int(bins &>> 16 & 255) &+ 2 &* cells
    let d = Int(bins &>> 24) &+ 3 &* cells
    target[a] &+= value
    target[b] &+= value
    target[c] &+= value
    target[d] &+= value
  }

  /// Adds rows `rows[0 ..< count]`.
  @inline(never)
  static func addPairs(
    _ rows: UnsafePointer<UInt32>, _ count: Int, _ group: RowRecords.Group, into target: UnsafeMutablePointer<Int64>
  ) { add(PairValue.self, listed(rows, count, group), group, into: target) }

  @inline(never)
  static func addGradients(
    _ rows: UnsafePointer<UInt32>, _ count: Int, _ group: RowRecords.Group, into target: UnsafeMutablePointer<Int64>
  ) { add(GradientValue.self, listed(rows, count, group), group, into: target) }

  @inline(__always)
  private static func listed(_ rows: UnsafePointer<UInt32>, _ count: Int, _ group: RowRecords.Group) -> Listed {
    Listed(rows: rows, count: count, records: UnsafeRawPointer(group.records), stride: group.stride)
  }

  /// Adds a stretch of rows.
  @inline(never)
  static func addPairs(_ rows: Range<Int>, _ group: RowRecords.Group, into target: UnsafeMutablePointer<Int64>) {
    add(PairValue.self, consecutive(rows, group), group, into: target)
  }

  @inline(never)
  static func addGradients(_ rows: Range<Int>, _ group: RowRecords.Group, into target: UnsafeMutablePointer<Int64>) {
    add(GradientValue.self, consecutive(rows, group), group, into: target)
  }

  @inline(__always)
  private static func consecutive(_ rows: Range<Int>, _ group: RowRecords.Group) -> Consecutive {
    Consecutive(
      count: rows.count, first: UnsafeRawPointer(group.records) + rows.lowerBound &* group.stride, stride: group.stride)
  }
}
