import Plan

/// How a row stands in the order of a column: one word with the rank of its value among the column's distinct values, the row
/// itself and the code of its class, so that a node's rows are read from front to back and from nowhere else.
///
/// Ranks are in the highest bits; the highest rank is that of a missing value.
struct RecordLayout: Sendable {
  let rowShift: UInt64
  let rankShift: UInt64
  private let labelMask: UInt64
  private let rowMask: UInt64

  /// `classes` is 0 for numbers, which are no part of a record. Throws `tooLarge` where a row, its rank and its class do not fit
  /// in 64 bits.
  init(rows: Int, classes: Int) throws(EngineError) {
    func bits(_ count: Int) -> UInt64 { UInt64(Int.bitWidth - max(count - 1, 0).leadingZeroBitCount) }
    let (label, row) = (bits(classes), bits(rows))
    // A rank more than rows: that of missing values.
    guard rows < Int(Int32.max), label + row + bits(rows + 1) <= 64 else {
      throw EngineError(
        .fitting(
          .tooManyRecords(
            rows: rows, classes: classes, learner: DecisionTree.name, [.fewerRows, .fewerClasses])))
    }
    rowShift = label
    rankShift = label + row
    labelMask = 1 << label - 1
    rowMask = 1 << row - 1
  }

  /// The rank of missing values, in place.
  var missing: UInt64 { ~0 << rankShift }

  @inline(__always) func record(rank: UInt64, row: UInt64, label: UInt64) -> UInt64 {
    rank &<< rankShift | row &<< rowShift | label
  }
  @inline(__always) func row(_ record: UInt64) -> Int { Int(record &>> rowShift & rowMask) }
  @inline(__always) func label(_ record: UInt64) -> Int { Int(record & labelMask) }
  @inline(__always) func labelBits(_ record: UInt64) -> UInt64 { record & labelMask }
  @inline(__always) func withoutRank(_ record: UInt64) -> UInt64 { record & ~missing }
  @inline(__always) func isMissing(_ record: UInt64) -> Bool { record >= missing }
  /// Whether two neighbours of an order differ in value.
  @inline(__always) func differ(_ one: UInt64, _ other: UInt64) -> Bool { (one ^ other) &>> rankShift != 0 }
}
