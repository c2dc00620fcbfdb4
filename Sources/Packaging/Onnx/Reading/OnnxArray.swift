import Plan

/// A tensor of an ONNX file that is read: of no, one or two dimensions, which is all that the exports have.
struct OnnxArray {
  enum Values {
    case doubles([Double])
    case ints([Int64])
    case bytes([UInt8])
    case texts([[UInt8]])
    case bools([Bool])
  }

  let shape: [Int]
  let values: Values

  /// Throws where the values are not as many as the shape says.
  init(_ values: Values, shape: [Int]) throws(ExportFault) {
    self.values = values
    self.shape = shape
    guard shape.count <= 2, rows.multipliedReportingOverflow(by: columns) == (count, false) else {
      throw ExportFault(.unreadable("\(count) values have the shape \(shape)"))
    }
  }

  /// Whether so many values are taken: no bytes ask for more memory than the rows of a sample need.
  static func isHeld(_ rows: Int, _ columns: Int) -> Bool {
    let (count, overflows) = rows.multipliedReportingOverflow(by: columns)
    return !overflows && count <= 1 << 26
  }

  /// A list of one dimension is a row.
  var rows: Int { shape.count == 2 ? shape[0] : 1 }
  var columns: Int { shape.last ?? 1 }

  var count: Int {
    switch values {
    case .doubles(let values): values.count
    case .ints(let values): values.count
    case .bytes(let values): values.count
    case .texts(let values): values.count
    case .bools(let values): values.count
    }
  }

  func doubles() throws(ExportFault) -> [Double] {
    guard case .doubles(let values) = values else { throw misfit("doubles") }
    return values
  }

  func ints() throws(ExportFault) -> [Int64] {
    guard case .ints(let values) = values else { throw misfit("whole numbers") }
    return values
  }

  func bytes() throws(ExportFault) -> [UInt8] {
    guard case .bytes(let values) = values else { throw misfit("bytes") }
    return values
  }

  func texts() throws(ExportFault) -> [[UInt8]] {
    guard case .texts(let values) = values else { throw misfit("texts") }
    return values
  }

  func bools() throws(ExportFault) -> [Bool] {
    guard case .bools(let values) = values else { throw misfit("truths") }
    return values
  }

  private func misfit(_ wanted: String) -> ExportFault { ExportFault(.unreadable("a tensor is not of \(wanted)")) }
}

extension OnnxArray {
  /// A TensorProto.
  init(_ message: ProtobufReader) throws(ExportFault) {
    var reader = message
    let bytes = reader.bytes
    var (shape, texts): ([Int], [[UInt8]]) = ([], [])
    var type: Int64 = 0
    var raw = 0..<0
    while let (field, content) = try reader.next() {
      switch field {
      case 1: for length in try content.numbers(bytes) { shape.append(Int(length)) }
      case 2: type = try content.number()
      case 6: texts.append(Array(bytes[try content.range()]))
      case 9: raw = try content.range()
      // any other field is a name, or a list that the exports do not write
      default: break
      }
    }
    guard shape.allSatisfy({ $0 >= 0 }) else { throw ExportFault(.unreadable("a tensor has no shape")) }
    try self.init(try Self.values(type, bytes, raw, texts), shape: shape)
  }

  private static func values(
    _ type: Int64, _ bytes: [UInt8], _ raw: Range<Int>, _ texts: [[UInt8]]
  ) throws(ExportFault) -> Values {
    switch type {
    case 2: return .bytes(Array(bytes[raw]))
    case 7: return .ints(words(bytes, raw).map { Int64(bitPattern: $0) })
    case 8: return .texts(texts)
    case 9: return .bools(bytes[raw].map { $0 != 0 })
    case 11: return .doubles(words(bytes, raw).map { Double(bitPattern: $0) })
    // any other type is none that the exports write
    default: throw ExportFault(.unreadable("a tensor is of element type \(type)"))
    }
  }

  /// Eight bytes each, the lowest first.
  private static func words(_ bytes: [UInt8], _ raw: Range<Int>) -> [UInt64] {
    stride(from: raw.lowerBound, to: raw.upperBound - 7, by: 8).map { start in
      (0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
    }
  }
}
