import Tables

/// A column that rows are put in order by, as numbers that are equal where its cells are.
struct OrderKey {
  private let numbers: [UInt64]
  private let validity: Bitmap?

  init(_ column: Column) {
    numbers = Self.numbers(column)
    validity = column.validity
  }

  /// Whether two rows are equal in it.
  func areEqual(_ left: Int, _ right: Int) -> Bool {
    guard let validity else { return numbers[left] == numbers[right] }
    return validity[left] == validity[right] && (!validity[left] || numbers[left] == numbers[right])
  }

  private static func numbers(_ column: Column) -> [UInt64] {
    switch column {
    case .int(let cells), .datetime(let cells): cells.values.map { UInt64(bitPattern: $0) }
    case .date(let cells): cells.values.map { UInt64(bitPattern: Int64($0)) }
    case .bool(let cells): cells.values.map { $0 ? 1 : 0 }
    // Minus zero is zero.
    case .float(let cells): cells.values.map { ($0 + 0).bitPattern }
    case .text: CategoryCodes(column).codes.map { UInt64(bitPattern: Int64($0)) }
    case .vector(let cells): [UInt64](repeating: 0, count: cells.count)
    }
  }
}
