import Tables

/// How the values of a column become cells.
enum CellRule: Equatable {
  case bool
  case int(IntRule)
  case float(FloatRule)
  case date
  case datetime(MomentRule)
  case text(TextRule)
  /// Every cell is missing.
  case nothing

  var type: ColumnType {
    switch self {
    case .bool: .bool
    case .int: .int
    case .float: .float
    case .date: .date
    case .datetime: .datetime
    case .text, .nothing: .text
    }
  }
}

/// Whole numbers.
enum IntRule: Equatable {
  case int32, uint32, int64
  /// Those of 64 bits without a sign that leave the highest bit free.
  case uint64
  /// The highest byte first, as decimals are written; the length is nil where each value has its own.
  case bytes(length: Int?)
}

/// Numbers.
enum FloatRule: Equatable {
  case float16, float32, float64
  /// A whole number over a power of ten.
  case decimal32(scale: Int), decimal64(scale: Int), decimalBytes(length: Int?, scale: Int)
}

/// Moments.
enum MomentRule: Equatable {
  case counts(TimeUnit)
  /// Nanoseconds of a day and its number in the Julian count.
  case int96
}

/// Texts.
enum TextRule: Equatable {
  /// UTF-8 bytes; the length is nil where each value has its own.
  case utf8(length: Int?)
  case uuid
  /// A time of day by ISO 8601.
  case time(TimeUnit)
  case uint64
  case decimal(DecimalLayout, scale: Int)
}

/// How the whole number of a decimal is written.
enum DecimalLayout: Equatable {
  case int32, int64
  case bytes(length: Int?)

  /// Bytes of a value; nil where each has its own length.
  var width: Int? {
    switch self {
    case .int32: 4
    case .int64: 8
    case .bytes(let length): length
    }
  }
}
