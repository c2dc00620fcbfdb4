/// Which rows agree in all of some columns. A row may stand for several that are alike.
struct RowClasses {
  /// The class of each row, numbered in the order in which they are first seen.
  private(set) var ids: [Int]
  private(set) var count = 0

  /// By codes from -1 on, a list for each column. O(rows × columns).
  init(rows: Int, by columns: [[Int32]]) {
    ids = [Int](repeating: 0, count: rows)
    var width = 1
    for codes in columns {
      let own = Int(codes.max() ?? -1) + 2
      if width.multipliedReportingOverflow(by: own).overflow {
        number()
        width = count
      }
      for row in ids.indices { ids[row] = ids[row] * own + Int(codes[row]) + 1 }
      width *= own
    }
    number()
  }

  private mutating func number() {
    var known: [Int: Int] = [:]
    for row in ids.indices {
      let next = known.count
      let place = known[ids[row], default: next]
      if place == next { known[ids[row]] = next }
      ids[row] = place
    }
    count = known.count
  }
}

/// A column whose values are not to be told of anybody: for each row the place of its value among all, a missing cell being one of its own.
struct SensitiveCodes {
  let name: String
  let places: [Int]
  /// How many places there are.
  let count: Int
  /// Whether values lie nearer to some than to others.
  let isOrdered: Bool

  init(name: String, places: [Int], count: Int, isOrdered: Bool) {
    self.name = name
    self.places = places
    self.count = count
    self.isOrdered = isOrdered
  }
}

/// Rows laid out class after class, so that what a class holds is found without going through the others.
struct ClassedRows {
  /// How many rows each class has.
  let sizes: [Int]
  private let order: [Int]
  /// Where each class ends in `order`.
  private let ends: [Int]
  private let weights: [Int]

  /// `weights` says how many rows each stands for.
  init(_ classes: RowClasses, weights: [Int]) {
    var sizes = [Int](repeating: 0, count: classes.count)
    var starts = [Int](repeating: 0, count: classes.count + 1)
    for (row, own) in classes.ids.enumerated() {
      sizes[own] += weights[row]
      starts[own + 1] += 1
    }
    for place in sizes.indices { starts[place + 1] += starts[place] }
    ends = Array(starts.dropFirst())
    var order = [Int](repeating: 0, count: classes.ids.count)
    for (row, own) in classes.ids.enumerated() {
      order[starts[own]] = row
      starts[own] += 1
    }
    self.sizes = sizes
    self.order = order
    self.weights = weights
  }

  /// What a class tells of a sensitive column.
  struct Spread {
    /// How many different values it has.
    var different = 0
    /// How far they lie from those of all rows of the classes that are looked at.
    var distance = 0.0
  }

  /// Of each class that is looked at. O(rows), and with the distance O(classes × values).
  func spreads(of column: SensitiveCodes, in isLookedAt: [Bool], measuringDistance: Bool) -> [Spread] {
    var all = [Int](repeating: 0, count: column.count)
    eachClass(isLookedAt) { _, rows in for row in rows { all[column.places[row]] += weights[row] } }
    let total = zip(sizes, isLookedAt).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
    var spreads = [Spread](repeating: Spread(), count: sizes.count)
    var tally = [Int](repeating: 0, count: column.count)
    eachClass(isLookedAt) { own, rows in
      for row in rows {
        if tally[column.places[row]] == 0 { spreads[own].different += 1 }
        tally[column.places[row]] += weights[row]
      }
      if measuringDistance {
        spreads[own].distance = Self.distance(tally, of: sizes[own], from: all, of: total, isOrdered: column.isOrdered)
      }
      for row in rows { tally[column.places[row]] = 0 }
    }
    return spreads
  }

  private func eachClass(_ isLookedAt: [Bool], _ body: (Int, ArraySlice<Int>) -> Void) {
    var start = 0
    for (own, end) in ends.enumerated() {
      if isLookedAt[own] { body(own, order[start..<end]) }
      start = end
    }
  }

  /// The earth mover's distance of two distributions over the values that there are.
  private static func distance(_ own: [Int], of count: Int, from all: [Int], of total: Int, isOrdered: Bool) -> Double {
    var (values, sum, distance) = (0, 0.0, 0.0)
    for (own, all) in zip(own, all) where all > 0 {
      let difference = Double(own) / Double(count) - Double(all) / Double(total)
      values += 1
      sum += difference
      distance += abs(isOrdered ? sum : difference)
    }
    return isOrdered ? distance / Double(max(1, values - 1)) : distance / 2
  }
}
