import Notation
import Tables

/// Settles a column of which the sample held no value, once the whole file has been read.
enum OpenColumn {
  /// Cells that were kept as text, as the type that all of them have.
  static func settled(
    _ cells: TextCells, as type: ColumnType, _ numbers: NumberReader, _ order: DateOrder?, _ zone: ZoneOffset? = nil
  ) -> Column {
    guard case .plain(let offsets, let stored) = cells.storage else { return .text(cells) }
    let bytes = stored + [0]
    return bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return .text(cells) }
      return convert(cells, base, offsets, type, numbers, order, zone ?? ZoneOffset(minutes: 0))
    }
  }

  private static func convert(
    _ cells: TextCells, _ p: UnsafePointer<UInt8>, _ offsets: [Int], _ type: ColumnType, _ numbers: NumberReader,
    _ order: DateOrder?, _ zone: ZoneOffset
  ) -> Column {
    func each<Value>(_ read: (Int, Int) -> Value?) -> [Value?] {
      (0..<cells.count).map { row in
        guard cells.isValid(row) else { return nil }
        let (start, end) = CellShape.trimmed(p, offsets[row], offsets[row + 1])
        return start == end ? nil : read(start, end)
      }
    }
    switch type {
    case .bool: return .bool(Cells(each { BoolText.read(p, $0, $1, lenient: false) }, filler: false))
    case .int:
      return .int(Cells(each { numbers.read(p, $0, $1, lenient: false).whole }, filler: 0))
    case .float:
      return .float(
        Cells(
          each { (start, end) in
            let number = numbers.read(p, start, end, lenient: false)
            return number.kind == .infinite ? nil : number.double
          }, filler: 0))
    case .date:
      return .date(
        Cells(each { DateText.days(p, $0, $1) ?? NumberedDate.days(p, $0, $1, order) }, filler: 0))
    case .datetime:
      return .datetime(
        Cells(
          each { (start, end) in
            (DateText.moment(p, start, end) ?? NumberedDate.moment(p, start, end, order))
              .map { zone.settled($0).microseconds }
          }, filler: 0))
    case .text, .vector: return .text(cells)
    }
  }
}
