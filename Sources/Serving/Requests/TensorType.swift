import Tables

/// The tensor datatypes of the Open Inference Protocol, version 2.
enum TensorType: String, CaseIterable {
  case BOOL, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, FP16, FP32, FP64, BYTES

  /// The datatype under which a column of that type is described and answered.
  static func of(_ type: ColumnType) -> TensorType {
    switch type {
    case .bool: .BOOL
    case .int: .INT64
    case .float, .vector: .FP64
    case .text, .date, .datetime: .BYTES
    }
  }

  /// Whether elements of this datatype may fill a column of that type: any number type a number column.
  func carries(_ type: ColumnType) -> Bool {
    switch type {
    case .bool: self == .BOOL
    case .int, .float, .vector: self != .BOOL && self != .BYTES
    case .text, .date, .datetime: self == .BYTES
    }
  }
}
