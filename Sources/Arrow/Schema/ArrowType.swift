/// What the values of a field are, by the types of the Arrow columnar format 1.5 (Schema.fbs), as far as tables hold them.
enum ArrowType: Hashable, Sendable {
  case null, bool
  case int(bits: Int, isSigned: Bool)
  case float(bits: Int)
  /// A whole number of so many bits over a power of ten.
  case decimal(precision: Int, scale: Int, bits: Int)
  /// Text of which offsets of 32 bits, or of 64, tell where it ends.
  case utf8, largeUTF8
  /// Text of which the first twelve bytes stand in place.
  case utf8View
  /// Days, or milliseconds at midnight, since 1970-01-01.
  case days, midnights
  case time(TimeUnit, bits: Int)
  /// A moment, and the zone whose clocks tell it; nil where the file names none.
  case timestamp(TimeUnit, zone: String?)
  case duration(TimeUnit)
  case structure
  /// A type that no column of a table holds: what it is called, how many buffers it has, and whether it had a validity bitmap besides
  /// before version 5.
  case unread(String, buffers: Int, isVariadic: Bool = false, hadBitmap: Bool = false)

  /// How many buffers a field of the type has itself, the values of views not counted.
  var bufferCount: Int {
    switch self {
    case .null: 0
    case .bool, .int, .float, .decimal, .days, .midnights, .time, .timestamp, .duration, .utf8View: 2
    case .utf8, .largeUTF8: 3
    case .structure: 1
    case .unread(_, let buffers, _, _): buffers
    }
  }

  /// Whether each batch says how many buffers hold the values.
  var isVariadic: Bool {
    switch self {
    case .utf8View: true
    case .unread(_, _, let isVariadic, _): isVariadic
    case .null, .bool, .int, .float, .decimal, .utf8, .largeUTF8, .days, .midnights, .time, .timestamp, .duration,
      .structure:
      false
    }
  }
}

/// What a moment or a span is counted in.
enum TimeUnit: Int, Hashable, Sendable {
  case seconds, milliseconds, microseconds, nanoseconds

  /// How many there are in a second.
  var perSecond: Int64 {
    switch self {
    case .seconds: 1
    case .milliseconds: 1000
    case .microseconds: 1_000_000
    case .nanoseconds: 1_000_000_000
    }
  }

  var words: String {
    switch self {
    case .seconds: "seconds"
    case .milliseconds: "milliseconds"
    case .microseconds: "microseconds"
    case .nanoseconds: "nanoseconds"
    }
  }
}
