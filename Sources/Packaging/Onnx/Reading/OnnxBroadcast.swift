import Plan

/// What two or three shapes give together, by ONNX's rule: a length of one is stretched, and a missing dimension is one.
struct OnnxBroadcast {
  let shape: [Int]
  let rows: Int
  let columns: Int

  init(_ arrays: [OnnxArray]) throws(ExportFault) {
    rows = try Self.joined(arrays.map(\.rows))
    columns = try Self.joined(arrays.map(\.columns))
    guard OnnxArray.isHeld(rows, columns) else { throw ExportFault(.unreadable("\(rows) × \(columns) values")) }
    switch arrays.map(\.shape.count).max() ?? 0 {
    case 0: shape = []
    case 1: shape = [columns]
    // any other number of dimensions is two
    default: shape = [rows, columns]
    }
  }

  private static func joined(_ lengths: [Int]) throws(ExportFault) -> Int {
    let length = lengths.first { $0 != 1 } ?? 1
    guard lengths.allSatisfy({ $0 == 1 || $0 == length }) else {
      throw ExportFault(.unreadable("tensors of lengths \(lengths) meet"))
    }
    return length
  }

  /// The values of an array stretched to the shape.
  func stretched<Value>(_ values: [Value], _ array: OnnxArray) -> [Value] {
    if array.rows == rows, array.columns == columns { return values }
    var result: [Value] = []
    result.reserveCapacity(rows * columns)
    for row in 0..<rows {
      let start = array.rows == 1 ? 0 : row * array.columns
      if array.columns == columns {
        result.append(contentsOf: values[start..<start + columns])
      } else {
        result.append(contentsOf: repeatElement(values[start], count: columns))
      }
    }
    return result
  }
}
