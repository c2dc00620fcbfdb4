import Kernels
import Notation
import Tables

extension ColumnDecoder {
  /// Whole numbers of so many bits over a power of ten, as they are to be read. Throws `badCell` for one that does not fit.
  func wide(scale: Int, bits: Int, isSigned: Bool = true) throws(SourceError) -> Column {
    if bits == 64, !isSigned, reading == .int {
      // Below 2^63 they stand in the file as in a table.
      let cells = try values(Int64.self)
      if !cells.values.contains(where: { $0 < 0 }) { return .int(cells) }
    }
    let validity = try validity()
    let numbers = try wideNumbers(bits, isSigned)
    switch reading {
    case .int, nil:
      return .int(Cells(try each(numbers, validity, .int, 0, scale) { $0.int(scale: scale) }, validity: validity))
    case .float(let isRounded):
      let values = try each(numbers, validity, .float, 0.0, scale) { $0.float(scale: scale, isRounded: isRounded) }
      return .float(Cells(values, validity: validity))
    case .text:
      let texts = numbers.indices.map { row in validity?[row] ?? true ? numbers[row].text(scale: scale) : nil }
      return .text(TextCells(texts))
    }
  }

  /// Whether all of the cells fit the reading.
  func fitsAll() throws(SourceError) -> Bool {
    var (scale, bits, isSigned) = (0, 64, true)
    if case .decimal(_, let places, let width) = column.type { (scale, bits) = (places, width) }
    if case .int(let width, let hasSign) = column.type { (bits, isSigned) = (width, hasSign) }
    if rows.isEmpty { return true }
    let validity = try validity()
    let numbers = try wideNumbers(bits, isSigned)
    return numbers.indices.allSatisfy { row in
      if let validity, !validity[row] { return true }
      return reading == .int
        ? numbers[row].int(scale: scale) != nil : numbers[row].float(scale: scale, isRounded: false) != nil
    }
  }

  private func each<Value>(
    _ numbers: [WideNumber], _ validity: Bitmap?, _ type: ColumnType, _ filler: Value, _ scale: Int,
    _ transform: (WideNumber) -> Value?
  ) throws(SourceError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(numbers.count)
    for (row, number) in numbers.enumerated() {
      if let validity, !validity[row] {
        values.append(filler)
      } else if let value = transform(number) {
        values.append(value)
      } else {
        throw SourceError(
          source: batch.source,
          reason: .badCell(
            row: batch.firstRow + rows.lowerBound + row + 1, column: name, text: number.text(scale: scale), type: type,
            others: 0))
      }
    }
    return values
  }

  private func wideNumbers(_ bits: Int, _ isSigned: Bool) throws(SourceError) -> [WideNumber] {
    if bits == 32 { return try raw(Int32.self).map { WideNumber(signed: [UInt64(bitPattern: Int64($0))]) } }
    let count = bits / 64
    let words = try self.words(count)
    return stride(from: 0, to: words.count, by: count).map { start in
      isSigned ? WideNumber(signed: words[start..<start + count]) : WideNumber(words[start..<start + count])
    }
  }

  /// The words of 64 bits of numbers that have several, the lowest first.
  private func words(_ words: Int) throws(SourceError) -> [UInt64] {
    let span = try batch.buffer(column.node, 1)
    return try [UInt64].filled(rows.count * words) { (target, size) throws(SourceError) in
      try batch.body.fill(target, size, span, at: rows.lowerBound * words * 8)
    }
  }
}

/// A whole number of up to 256 bits.
struct WideNumber: Hashable, Sendable {
  private let isNegative: Bool
  /// Its size, the lowest 64 bits first.
  private let size: SIMD4<UInt64>

  /// From a number without a sign, the lowest 64 bits first.
  init(_ words: ArraySlice<UInt64>) {
    isNegative = false
    var size = SIMD4<UInt64>(repeating: 0)
    for (place, word) in words.enumerated() { size[place] = word }
    self.size = size
  }

  /// From two's complement, the lowest 64 bits first.
  init(signed words: ArraySlice<UInt64>) {
    let isNegative = Int64(bitPattern: words.last ?? 0) < 0
    var size = SIMD4<UInt64>(repeating: 0)
    var carry = isNegative
    for (place, word) in words.enumerated() {
      // The size of a negative number: all bits turned, and one more.
      let turned = isNegative ? ~word : word
      let (sum, overflow) = turned.addingReportingOverflow(carry ? 1 : 0)
      size[place] = sum
      carry = isNegative && overflow
    }
    self.isNegative = isNegative
    self.size = size
  }

  private var isShort: Bool { size[1] | size[2] | size[3] == 0 }

  /// The number over a power of ten as a whole one; nil where it is none of 64 bits.
  func int(scale: Int) -> Int64? {
    guard isShort else { return nil }
    var value = size[0]
    for _ in 0..<min(abs(scale), 40) where value != 0 {
      if scale > 0 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: 10)
        if remainder != 0 { return nil }
        value = quotient
      } else {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        if overflow { return nil }
        value = product
      }
    }
    if isNegative { return value <= Int64.min.magnitude ? Int64(truncatingIfNeeded: 0 &- value) : nil }
    return Int64(exactly: value)
  }

  /// The number over a power of ten as a double; nil where that has not all of its digits, unless it may be rounded.
  func float(scale: Int, isRounded: Bool) -> Double? {
    if isShort, let value = exact(scale: scale) { return value }
    return isRounded ? NumberReader.shared.double(text(scale: scale)) : nil
  }

  private func exact(scale: Int) -> Double? {
    var (digits, places) = (size[0], scale)
    while digits >= Self.firstLost, digits % 10 == 0 {
      digits /= 10
      places -= 1
    }
    guard digits < Self.firstLost, abs(places) <= WideReading.mostPlaces,
      let value = DecimalNumber.value(digits, exponent: -places, tens: NumberReader.shared.tens), value.isFinite
    else { return nil }
    return isNegative ? -value : value
  }

  /// The first number of more digits than a double keeps.
  private static let firstLost: UInt64 = (0..<WideReading.floatDigits).reduce(1) { power, _ in power * 10 }

  /// All digits, with a point before the last `scale`.
  func text(scale: Int) -> String {
    var digits = self.digits
    if scale > 0 {
      digits = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -scale))
    } else if digits != "0" {
      digits += String(repeating: "0", count: -scale)
    }
    return (isNegative ? "-" : "") + digits
  }

  private var digits: String {
    if isShort { return "\(size[0])" }
    // Eighteen digits at a time, from the last.
    let step: UInt64 = 1_000_000_000_000_000_000
    var (rest, parts) = (size, [String]())
    while rest != .zero {
      var remainder: UInt64 = 0
      for place in (0..<4).reversed() {
        (rest[place], remainder) = step.dividingFullWidth((remainder, rest[place]))
      }
      let part = "\(remainder)"
      parts.append(rest == .zero ? part : String(repeating: "0", count: 18 - part.count) + part)
    }
    return parts.reversed().joined()
  }
}
