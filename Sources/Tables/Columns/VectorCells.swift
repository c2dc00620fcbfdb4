/// A column whose cells are vectors of one width: what `encode = onehot` gives. Never missing.
public struct VectorCells: Sendable, Equatable {
  /// What each place of the vector stands for, for example the categories of a one-hot column.
  public let names: [String]
  /// Row after row, `names.count` numbers each.
  public let values: [Double]
  public let count: Int

  /// `values` must hold `count` rows of `names.count` numbers.
  public init(names: [String], values: [Double], count: Int) {
    precondition(values.count == names.count * count, "a vector column needs count × width values")
    self.names = names
    self.values = values
    self.count = count
  }

  public var width: Int { names.count }

  public func take(_ rows: RowList) -> VectorCells {
    var taken: [Double] = []
    taken.reserveCapacity(rows.count * width)
    for row in rows { taken.append(contentsOf: values[row * width..<(row + 1) * width]) }
    return VectorCells(names: names, values: taken, count: rows.count)
  }
}
