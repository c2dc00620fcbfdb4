import Kernels
import Notation
import Tables

extension ColumnDecoder {
  /// Moments as microseconds since 1970-01-01 of UTC: without a zone they are taken as UTC, with one they are UTC in the file.
  mutating func moments(_ unit: TimeUnit) throws(SourceError) -> Cells<Int64> {
    if unit == .microseconds { return try values(Int64.self) }
    let validity = try validity()
    var values = try raw(Int64.self)
    Self.clear(&values, validity, 0)
    if unit == .nanoseconds {
      losses.cut += Self.cutToMicroseconds(&values)
      return Cells(values, validity: validity)
    }
    let factor = TimeUnit.microseconds.perSecond / unit.perSecond
    return only(values, validity) { value in
      let (product, isBeyond) = value.multipliedReportingOverflow(by: factor)
      return isBeyond ? nil : product
    }
  }

  /// How many had digits beyond the microsecond. A moment before 1970 is cut to the microsecond before it too.
  private static func cutToMicroseconds(_ values: inout [Int64]) -> Int {
    var cut = 0
    values.withUnsafeMutableBufferPointer { values in
      for row in values.indices {
        let (quotient, remainder) = values[row].quotientAndRemainder(dividingBy: 1000)
        values[row] = remainder < 0 ? quotient &- 1 : quotient
        cut &+= remainder == 0 ? 0 : 1
      }
    }
    return cut
  }

  /// Midnights in milliseconds as days; a time of day, which should not be there, is cut.
  mutating func days() throws(SourceError) -> Cells<Int32> {
    let validity = try validity()
    return only(try raw(Int64.self), validity) { value in
      let (quotient, remainder) = value.quotientAndRemainder(dividingBy: 86_400_000)
      return Int32(exactly: remainder < 0 ? quotient - 1 : quotient)
    }
  }

  /// Values as others; those that have none become missing, and are counted.
  private mutating func only<Value: FixedWidthInteger & Hashable & Sendable>(
    _ values: [Int64], _ validity: Bitmap?, _ transform: (Int64) -> Value?
  ) -> Cells<Value> {
    var found = [Value](repeating: 0, count: values.count)
    var valid = validity
    for row in values.indices where validity?[row] ?? true {
      if let value = transform(values[row]) {
        found[row] = value
      } else {
        losses.beyond += 1
        if valid == nil { valid = Bitmap(repeating: true, count: values.count) }
        valid?[row] = false
      }
    }
    return Cells(found, validity: valid)
  }

  /// Times of day as texts: `10:00:00`, with a fraction where there is one.
  mutating func times(_ unit: TimeUnit, _ bits: Int) throws(SourceError) -> TextCells {
    let validity = try validity()
    let values = bits == 32 ? Self.mapped(try raw(Int32.self)) { Int64($0) } : try raw(Int64.self)
    let day = 86_400 * unit.perSecond
    var texts: [String?] = []
    texts.reserveCapacity(values.count)
    for row in values.indices {
      let isThere = validity?[row] ?? true
      // A day's end is a time too.
      let isTime = values[row] >= 0 && values[row] <= day
      if isThere, !isTime { losses.beyond += 1 }
      let clock = isThere && isTime ? ClockText.bytes(values[row], perSecond: unit.perSecond) : nil
      texts.append(clock.map { String(decoding: $0, as: UTF8.self) })
    }
    return TextCells(texts)
  }
}
