import CVector
import Glibc
import Notation

/// The loops over the cells of one column of a batch of rows. Each takes the usual spelling at once and hands any other to
/// `parseOther`; false when a cell does not fit.
extension BlockParser {
  func parseInts(_ batch: FieldBatch, _ place: Int) -> Bool {
    let column = columns + place
    let values = column.pointee.ints + batch.first
    let (p, isAny, emptyIsMissing) = (batch.p, missing.isAny, missing.emptyIsMissing)
    let isNumber = column.pointee.kind == .number
    for row in 0..<batch.rows {
      let (start, end) = batch.field(row)
      if start == end, emptyIsMissing {
        column.pointee.setMissing(batch.first + row)
        continue
      }
      let isNegative = p[start] == 0x2D
      let first = isNegative ? start &+ 1 : start
      let count = end &- first
      if count > 0, count <= 16, p[first] != 0x30 || count == 1, !isAny || !missing.contains(p, start, end),
        let digits = Digits.read(p, end, count)
      {
        let value = Int64(truncatingIfNeeded: digits)
        if isNumber {
          if value > 1 << 53 { column.pointee.hasWide = true }
          if column.pointee.hasMarks {
            column.pointee.setInt(batch.first + row, isNegative ? 0 &- value : value)
            continue
          }
        }
        values[row] = isNegative ? 0 &- value : value
        continue
      }
      if !parseOther(batch, place, row, start, end) { return false }
    }
    return true
  }

  /// Short decimals are taken four rows at a time, while most of the rows are such; `Digits` and `NumberReader` take the others.
  func parseFloats(_ batch: FieldBatch, _ place: Int) -> Bool {
    let values = columns[place].doubles + batch.first
    var tries = reader.convention == nil && !missing.isAny
    var (row, others) = (0, 0)
    while row < batch.rows {
      var next = batch.rows
      if tries {
        let marks = batch.ends + (row &* width &+ place)
        row &+= mlp_short_decimals(batch.p, marks, width, batch.rows &- row, values + row)
        next = min(row &+ 4, batch.rows)
        others &+= next &- row
        tries = others <= 64 &+ row / 2
      }
      if !parseFloats(batch, place, from: row, to: next) { return false }
      row = next
    }
    return true
  }

  private func parseFloats(_ batch: FieldBatch, _ place: Int, from first: Int, to last: Int) -> Bool {
    let column = columns + place
    let values = column.pointee.doubles + batch.first
    let (p, isAny, emptyIsMissing, tens) = (batch.p, missing.isAny, missing.emptyIsMissing, reader.tens)
    let isPlain = reader.convention == nil
    for row in first..<last {
      let (start, end) = batch.field(row)
      if start == end, emptyIsMissing {
        column.pointee.setMissing(batch.first + row)
        continue
      }
      if isPlain, !isAny || !missing.contains(p, start, end), let value = Digits.decimal(p, start, end, tens) {
        values[row] = value
      } else if !parseOther(batch, place, row, start, end) {
        return false
      }
    }
    return true
  }

  func parseDates(_ batch: FieldBatch, _ place: Int) -> Bool {
    let column = columns + place
    let values = column.pointee.days + batch.first
    let (p, isAny) = (batch.p, missing.isAny)
    var dates = DateMemory()
    for row in 0..<batch.rows {
      let (start, end) = batch.field(row)
      if end &- start == 10, !isAny || !missing.contains(p, start, end), let days = dates.days(p, start) {
        values[row] = days
      } else if !parseOther(batch, place, row, start, end) {
        return false
      }
    }
    return true
  }

  func parseMoments(_ batch: FieldBatch, _ place: Int) -> Bool {
    let column = columns + place
    let values = column.pointee.ints + batch.first
    let (p, isAny) = (batch.p, missing.isAny)
    var dates = DateMemory()
    for row in 0..<batch.rows {
      let (start, end) = batch.field(row)
      if !isAny || !missing.contains(p, start, end), let moment = dates.moment(p, start, end) {
        values[row] = moment
        column.pointee.setOffset(batch.first + row, p[end &- 1] | 0x20 == 0x7A)
      } else if !parseOther(batch, place, row, start, end) {
        return false
      }
    }
    return true
  }

  func parseBools(_ batch: FieldBatch, _ place: Int) -> Bool {
    let column = columns + place
    let values = column.pointee.truths + batch.first
    let (p, isAny) = (batch.p, missing.isAny)
    let blank: UInt32 = 0x2020_2020
    let (yes, no) = (0x6575_7274 as UInt32, 0x736C_6166 as UInt32)
    for row in 0..<batch.rows {
      let (start, end) = batch.field(row)
      let word = UnsafeRawPointer(p + start).loadUnaligned(as: UInt32.self) | blank
      if !isAny || !missing.contains(p, start, end) {
        if word == yes, end &- start == 4 {
          values[row] = true
          continue
        }
        if word == no, end &- start == 5, p[start &+ 4] | 0x20 == 0x65 {
          values[row] = false
          continue
        }
      }
      if !parseOther(batch, place, row, start, end) { return false }
    }
    return true
  }

  func parseWords(_ batch: FieldBatch, _ place: Int) -> Bool {
    let column = columns + place
    guard var table = column.pointee.words else { return parseTexts(batch, place, from: 0) }
    let values = column.pointee.codes + batch.first
    let (p, isAny, emptyIsMissing) = (batch.p, missing.isAny, missing.emptyIsMissing)
    for row in 0..<batch.rows {
      let (start, end) = batch.field(row)
      if start == end, emptyIsMissing {
        column.pointee.setMissing(batch.first + row)
        continue
      }
      if start == end || (p[start] != FieldScanner.quote && (!isAny || !missing.contains(p, start, end))) {
        if !isPlainText, !UTF8Text.isValid(p, start, end) {
          column.pointee.words = table
          return false
        }
        let hash = WordTable.hash(p + start, end &- start)
        let code = table.code(p + start, end &- start, hash: hash, limit: BlockColumn.wordLimit)
        if code >= 0 {
          values[row] = code
          continue
        }
      }
      column.pointee.words = table
      if !parseOther(batch, place, row, start, end) { return false }
      if column.pointee.kind != .dictionary { return parseTexts(batch, place, from: row + 1) }
      if let grown = column.pointee.words { table = grown }
    }
    column.pointee.words = table
    return true
  }

  func parseTexts(_ batch: FieldBatch, _ place: Int, from firstRow: Int) -> Bool {
    let column = columns + place
    column.pointee.reserve(batch.byteCount)
    let ends = column.pointee.ends + batch.first + 1
    let text = column.pointee.text
    var at = column.pointee.byteCount
    let (p, isAny, emptyIsMissing) = (batch.p, missing.isAny, missing.emptyIsMissing)
    for row in firstRow..<batch.rows {
      let (start, end) = batch.field(row)
      let length = end &- start
      let isUsual =
        length == 0
        ? !emptyIsMissing
        : p[start] != FieldScanner.quote && (!isAny || !missing.contains(p, start, end))
          && (isPlainText || UTF8Text.isValid(p, start, end))
      if isUsual {
        let (source, target) = (UnsafeRawPointer(p + start), UnsafeMutableRawPointer(text + at))
        if length <= 16 {
          // Sixteen bytes are always there on both sides; what is past the end is written over.
          target.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
          target.storeBytes(
            of: source.loadUnaligned(fromByteOffset: 8, as: UInt64.self), toByteOffset: 8, as: UInt64.self)
        } else {
          memcpy(target, source, length)
        }
        at &+= length
        ends[row] = at
        continue
      }
      column.pointee.byteCount = at
      if length == 0 {
        column.pointee.setMissing(batch.first + row)
      } else if !parseOther(batch, place, row, start, end) {
        return false
      }
      at = column.pointee.byteCount
    }
    column.pointee.byteCount = at
    return true
  }
}
