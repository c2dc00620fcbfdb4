import Tables

/// The element types of tensors, by ONNX's numbers (TensorProto.DataType).
enum OnnxType: Int64 {
  case uint8 = 2
  case int64 = 7
  case string = 8
  case bool = 9
  case double = 11
}

/// A tensor whose values stand in the file.
struct OnnxTensor: Hashable {
  enum Values: Hashable {
    case doubles([UInt64])
    case ints([Int64])
    case bytes([UInt8])
    case texts([[UInt8]])
    case bools([Bool])
  }
  let shape: [Int]
  let values: Values

  /// A list of doubles; they are kept by their bits, so that −0 and not-a-number are values like others.
  static func doubles(_ values: [Double], shape: [Int]? = nil) -> OnnxTensor {
    OnnxTensor(shape: shape ?? [values.count], values: .doubles(values.map(\.bitPattern)))
  }

  static func ints(_ values: [Int64]) -> OnnxTensor { OnnxTensor(shape: [values.count], values: .ints(values)) }

  static func bytes(_ values: [UInt8]) -> OnnxTensor { OnnxTensor(shape: [values.count], values: .bytes(values)) }

  static func bools(_ values: [Bool]) -> OnnxTensor { OnnxTensor(shape: [values.count], values: .bools(values)) }

  static func texts(_ values: [String], shape: [Int]? = nil) -> OnnxTensor {
    OnnxTensor(shape: shape ?? [values.count], values: .texts(values.map { Array($0.utf8) }))
  }

  var type: OnnxType {
    switch values {
    case .doubles: .double
    case .ints: .int64
    case .bytes: .uint8
    case .texts: .string
    case .bools: .bool
    }
  }

  /// A TensorProto.
  func write(name: String?, to writer: inout ProtobufWriter) {
    writer.packed(1, shape.map(Int64.init))
    writer.int(2, type.rawValue)
    if case .texts(let texts) = values { for text in texts { writer.counted(6, text) } }
    if let name { writer.text(8, name) }
    switch values {
    case .doubles(let bits): writer.counted(9, bits.flatMap(Self.littleEndian))
    case .ints(let ints): writer.counted(9, ints.flatMap { Self.littleEndian(UInt64(bitPattern: $0)) })
    case .bytes(let bytes): writer.counted(9, bytes)
    case .bools(let bools): writer.counted(9, bools.map { $0 ? 1 : 0 })
    case .texts: break
    }
  }

  private static func littleEndian(_ value: UInt64) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}

/// A named setting of an operator (AttributeProto).
enum OnnxAttribute: Hashable {
  case int(String, Int64)
  case ints(String, [Int64])
  case text(String, String)
  case texts(String, [String])
  case tensor(String, OnnxTensor)

  func write(to writer: inout ProtobufWriter) {
    switch self {
    case .int(let name, let value):
      writer.text(1, name)
      writer.int(3, value)
      writer.int(20, 2)
    case .ints(let name, let values):
      writer.text(1, name)
      writer.packed(8, values)
      writer.int(20, 7)
    case .text(let name, let value):
      writer.text(1, name)
      writer.text(4, value)
      writer.int(20, 3)
    case .texts(let name, let values):
      writer.text(1, name)
      for value in values { writer.text(9, value) }
      writer.int(20, 8)
    case .tensor(let name, let tensor):
      writer.text(1, name)
      writer.message(5) { tensor.write(name: nil, to: &$0) }
      writer.int(20, 4)
    }
  }
}

extension Cell {
  /// As a file takes it in doubles: bool as 1 and 0, dates as days, moments as microseconds, missing as not-a-number.
  var onnxNumber: Double {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .int(let value), .datetime(let value): Double(value)
    case .float(let value): value
    case .date(let days): Double(days)
    case .missing, .text, .vector: .nan
    }
  }
}
