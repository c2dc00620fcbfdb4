import Learners

extension DesignMatrix {
  /// Every place as numbers, one-hot columns as zeros and ones.
  var densePlaces: [[Double]] {
    columns.flatMap { column -> [[Double]] in
      guard case .oneHot(let count) = column.kind, let codes = column.codes else { return [column.numbers] }
      return (0..<Int32(count)).map { place in codes.map { $0 == place ? 1 : 0 } }
    }
  }

  /// The feature vector of each row.
  var vectors: [[Double]] {
    let places = densePlaces
    return (0..<rowCount).map { row in places.map { $0[row] } }
  }
}
