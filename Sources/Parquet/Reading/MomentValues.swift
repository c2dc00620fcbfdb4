/// Reads plain values as microseconds since 1970.
extension MomentRule {
  /// The number of 1970-01-01 in the Julian count of days.
  private static let julianEpoch: Int64 = 2_440_588
  private static let day: Int64 = 86_400_000_000

  func read(
    _ page: inout ByteCursor, _ count: Int, _ target: UnsafeMutablePointer<Int64>, _ found: inout PartFindings
  ) throws(ParquetFailure) {
    switch self {
    case .counts(.microseconds): try IntRule.int64.read(&page, count, target)
    case .counts(.milliseconds):
      try IntRule.int64.read(&page, count, target)
      let most = UInt64(Int64.max / 1000)
      var isOver = false
      for place in 0..<count {
        isOver = isOver || target[place].magnitude > most
        target[place] &*= 1000
      }
      if isOver { throw Self.tooFar }
    case .counts(.nanoseconds):
      try IntRule.int64.read(&page, count, target)
      for place in 0..<count { target[place] = Self.cut(target[place], &found) }
    case .int96:
      let values = try page.values(count, width: 12)
      for place in 0..<count {
        let nanoseconds = values.loadUnaligned(fromByteOffset: place * 12, as: Int64.self)
        let days = Int64(values.loadUnaligned(fromByteOffset: place * 12 + 8, as: Int32.self)) - Self.julianEpoch
        let (midnight, overflow) = days.multipliedReportingOverflow(by: Self.day)
        let (moment, isOver) = midnight.addingReportingOverflow(Self.cut(nanoseconds, &found))
        guard !overflow, !isOver else { throw Self.tooFar }
        target[place] = moment
      }
    }
  }

  private static var tooFar: ParquetFailure {
    .damaged("it has a moment more than 292,000 years from 1970")
  }

  /// Whole microseconds, of which the earlier is taken where there is a rest.
  @inline(__always)
  private static func cut(_ nanoseconds: Int64, _ found: inout PartFindings) -> Int64 {
    let (microseconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1000)
    if rest != 0 { found.isCut = true }
    return rest < 0 ? microseconds - 1 : microseconds
  }
}
