/// How the values of a column are laid out (`Type` of the format).
enum PhysicalType: Int32 {
  case boolean = 0
  case int32, int64, int96, float, double, byteArray, fixedLengthByteArray

  /// Bytes of a value; nil where that is not the same for all columns of the type.
  var width: Int? {
    switch self {
    case .int32, .float: 4
    case .int64, .double: 8
    case .int96: 12
    case .boolean, .byteArray, .fixedLengthByteArray: nil
    }
  }
}

/// How pages are compressed (`CompressionCodec`).
enum Codec: Int32 {
  case uncompressed = 0
  case snappy, gzip, lzo, brotli, lz4, zstd, lz4Raw

  /// Whether pages of it can be read.
  var isRead: Bool { self != .lzo && self != .brotli }
}

/// How values and levels are written (`Encoding`).
enum PageEncoding: Int32 {
  case plain = 0
  case plainDictionary = 2
  case rle, bitPacked, deltaBinaryPacked, deltaLengthByteArray, deltaByteArray, rleDictionary, byteStreamSplit

  /// Whether values are places in the dictionary.
  var isDictionary: Bool { self == .plainDictionary || self == .rleDictionary }
}

/// What a page is (`PageType`).
enum PageKind: Int32 {
  case data = 0
  case index, dictionary, dataV2
}

/// How often a field stands in its parent (`FieldRepetitionType`).
enum Repetition: Int32 {
  case required = 0
  case optional, repeated, vector
}

/// The unit of a time (`TimeUnit`, a union whose fields have these numbers).
enum TimeUnit: Int {
  case milliseconds = 1
  case microseconds, nanoseconds
}
