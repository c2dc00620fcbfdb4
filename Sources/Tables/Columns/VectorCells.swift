/// A column whose cells are vectors of one width: what `encode = onehot` gives. Never missing.
///
/// Columns are equal when their names and numbers are, however these are stored.
public struct VectorCells: Sendable {
  public enum Storage: Sendable {
    /// Row after row, `names.count` numbers each.
    case dense([Double])
    /// For each row the place that is one while all others are zero; -1 where all are. Four bytes a row at any width.
    case codes([Int32])
  }

  /// What each place of the vector stands for, for example the categories of a one-hot column.
  public let names: [String]
  public let storage: Storage
  public let count: Int

  /// `values` must hold `count` rows of `names.count` numbers.
  public init(names: [String], values: [Double], count: Int) {
    precondition(values.count == names.count * count, "a vector column needs count × width values")
    self.names = names
    storage = .dense(values)
    self.count = count
  }

  /// A one-hot column; each code must be a place of `names` or -1.
  public init(names: [String], codes: [Int32]) {
    precondition(
      codes.allSatisfy { $0 == -1 || $0 >= 0 && Int($0) < names.count }, "a code has to be a place of the vector")
    self.names = names
    storage = .codes(codes)
    count = codes.count
  }

  /// Columns of the same places, one after the other; codes stay codes, of which a row takes four bytes at any width.
  init(joining parts: [VectorCells]) {
    names = parts.first?.names ?? []
    count = parts.reduce(0) { $0 + $1.count }
    let codes = parts.compactMap { part in if case .codes(let codes) = part.storage { codes } else { nil } }
    if codes.count == parts.count, !parts.isEmpty {
      storage = .codes(codes.flatMap { $0 })
      return
    }
    var values: [Double] = []
    values.reserveCapacity(count * names.count)
    for part in parts { for row in 0..<part.count { values.append(contentsOf: part.row(row)) } }
    storage = .dense(values)
  }

  public var width: Int { names.count }

  /// Row after row all numbers; nil for a one-hot column, whose numbers may be too many to hold.
  public var denseValues: [Double]? { if case .dense(let values) = storage { values } else { nil } }

  public subscript(_ row: Int, _ place: Int) -> Double {
    switch storage {
    case .dense(let values): values[row * width + place]
    case .codes(let codes): codes[row] == Int32(truncatingIfNeeded: place) ? 1 : 0
    }
  }

  /// All numbers of one row.
  public func row(_ row: Int) -> [Double] {
    switch storage {
    case .dense(let values): return Array(values[row * width..<(row + 1) * width])
    case .codes(let codes):
      var numbers = [Double](repeating: 0, count: width)
      if codes[row] >= 0 { numbers[Int(codes[row])] = 1 }
      return numbers
    }
  }

  /// One place of all rows.
  public func values(of place: Int) -> [Double] { (0..<count).map { self[$0, place] } }

  public func take(_ rows: RowList) -> VectorCells {
    switch storage {
    case .codes(let codes): return VectorCells(names: names, codes: rows.gather(codes))
    case .dense(let values):
      var taken: [Double] = []
      taken.reserveCapacity(rows.count * width)
      for row in rows { taken.append(contentsOf: values[row * width..<(row + 1) * width]) }
      return VectorCells(names: names, values: taken, count: rows.count)
    }
  }
}

extension VectorCells: Equatable {
  public static func == (a: VectorCells, b: VectorCells) -> Bool {
    guard a.count == b.count, a.names == b.names else { return false }
    switch (a.storage, b.storage) {
    case (.dense(let a), .dense(let b)): return a == b
    case (.codes(let a), .codes(let b)): return a == b
    case (.dense(let values), .codes(let codes)), (.codes(let codes), .dense(let values)):
      return a.count == 0 || a.width == 0 || Self.isOneHot(values, codes, width: a.width)
    }
  }

  private static func isOneHot(_ values: [Double], _ codes: [Int32], width: Int) -> Bool {
    codes.indices.allSatisfy { row in
      (0..<width).allSatisfy { values[row * width + $0] == (Int(codes[row]) == $0 ? 1 : 0) }
    }
  }
}
