import Kernels
import Tables

/// How a column is read whose numbers may not fit into a table's: whole numbers beyond 64 bits, decimals of more than 15 digits.
enum WideReading: Hashable, Sendable {
  case int
  /// Whether digits that a float has not may be lost, as was asked for.
  case float(isRounded: Bool)
  case text

  /// Digits of which a double keeps every one.
  static let floatDigits = 15
  /// Places behind the point up to which it does, before it nears the smallest double.
  static let mostPlaces = 290
  /// Digits of which a whole number of 64 bits keeps every one.
  static let intDigits = 18

  /// What suits the type where the values fit; nil for one whose numbers always do, or that has none.
  static func narrowest(_ type: ArrowType) -> WideReading? {
    switch type {
    case .int(64, false), .int(128, _): .int
    case .decimal(_, let scale, _): scale > 0 ? .float(isRounded: false) : .int
    default: nil
    }
  }

  /// Whether every value of the type fits.
  static func isCertain(_ type: ArrowType) -> Bool {
    guard case .decimal(let precision, let scale, _) = type else { return false }
    return scale > 0 ? precision <= floatDigits && scale <= mostPlaces : precision - scale <= intDigits
  }

  /// What suits the type whatever the values are; nil where `narrowest` is.
  static func widest(_ type: ArrowType) -> WideReading? {
    narrowest(type).map { isCertain(type) ? $0 : .text }
  }

  /// As was asked for: text keeps every digit, float rounds.
  init(stated type: ColumnType) {
    switch type {
    case .int: self = .int
    case .float: self = .float(isRounded: true)
    case .bool, .text, .date, .datetime, .vector: self = .text
    }
  }

  var columnType: ColumnType {
    switch self {
    case .int: .int
    case .float: .float
    case .text: .text
    }
  }

  /// The type that a column of a schema has in a table.
  static func columnType(of column: ArrowSchema.Column, _ reading: WideReading?) -> ColumnType {
    switch column.type {
    case .bool: .bool
    case .int, .decimal: reading?.columnType ?? .int
    case .float: .float
    case .days, .midnights: .date
    case .timestamp: .datetime
    case .duration: .int
    case .null, .utf8, .largeUTF8, .utf8View, .time, .structure, .unread: .text
    }
  }

  /// How each column is read: as was stated, as suits the type, or as the first rows settle where only the values tell.
  static func settled(
    _ columns: [ArrowSchema.Column], _ first: Batch?, stated: [String: ColumnType]
  ) throws(SourceError) -> [WideReading?] {
    var readings: [WideReading?] = []
    for column in columns {
      guard let narrowest = narrowest(column.type) else {
        readings.append(nil)
        continue
      }
      if column.dictionary != nil || isCertain(column.type) {
        readings.append(widest(column.type))
      } else if let type = stated[column.name] {
        readings.append(WideReading(stated: type))
      } else {
        let sample = first.map { ColumnDecoder($0, column, 0..<min(sampleRows, $0.head.rowCount), reading: narrowest) }
        readings.append(try sample?.fitsAll() ?? true ? narrowest : .text)
      }
    }
    return readings
  }

  /// Rows that settle a type.
  static let sampleRows = 1 << 13
}
