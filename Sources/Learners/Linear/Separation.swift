import Glibc

/// What separates the classes of the rows to learn from, so that no finite weight is best and only the penalty holds it (Albert &
/// Anderson 1984).
struct Separation {
  /// One line each.
  let notes: [String]

  /// Less likely than this, the rows of a value are of one class by more than chance.
  private static let chance = 1e-6

  /// `names` are those of the features. O(rows × one-hot columns); of numbers, rows are read until they overlap.
  init(_ objective: LogisticObjective, margin: Double, _ classes: ClassTarget, names: [String]) {
    let design = objective.design
    let numbers =
      objective.scores > 1
      ? [] : (0..<design.numbers).filter { Self.separates($0, objective, classes) }.map { names[design.feature($0)] }
    var notes: [String] = []
    if !numbers.isEmpty {
      notes.append("the classes are separated by \(Self.list(numbers)): \(Self.held)")
    } else if margin > 0, margin.isFinite {
      notes.append("the features together separate the classes: \(Self.held)")
    }
    for block in design.oneHots {
      let pure = Self.pureCategories(block, objective, classes)
      if pure.isEmpty { continue }
      let names = pure.map { names[block.feature + $0] }
      notes.append("all rows of \(Self.list(names)) are of one class: \(Self.held)")
    }
    self.notes = notes
  }

  private static let held = "only the penalty (C) bounds the weights"

  private static func list(_ names: [String]) -> String {
    names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
  }

  /// Whether all rows of one class lie above a value and those of the other below it; at it, both may.
  private static func separates(_ column: Int, _ objective: LogisticObjective, _ classes: ClassTarget) -> Bool {
    let design = objective.design
    let values = UnsafeMutablePointer<Double>.lanes(design.chunkRows)
    defer { values.deallocate() }
    var (low, high) = ([Double.infinity, .infinity], [-Double.infinity, -.infinity])
    for chunk in 0..<design.chunks {
      let rows = design.rows(ofChunk: chunk)
      design.values.read(column, rows, design.scaling, into: values)
      for (place, row) in rows.enumerated() {
        let code = Int(objective.classes.codes[row])
        low[code] = min(low[code], values[place])
        high[code] = max(high[code], values[place])
      }
      if high[0] > low[1], high[1] > low[0] { return false }
    }
    if high[0] < low[1] || high[1] < low[0] { return true }
    let border = high[0] <= low[1] ? low[1] : low[0]
    // Both classes have the border value: what lies off it must be more than a few rows.
    var beside = [0.0, 0]
    for chunk in 0..<design.chunks {
      let rows = design.rows(ofChunk: chunk)
      design.values.read(column, rows, design.scaling, into: values)
      for (place, row) in rows.enumerated() where values[place] != border {
        beside[Int(objective.classes.codes[row])] += design.weights?[row] ?? 1
      }
    }
    return isBeyondChance(beside, classes)
  }

  private static func pureCategories(
    _ block: LinearDesign.OneHot, _ objective: LogisticObjective, _ classes: ClassTarget
  ) -> [Int] {
    // The class of a category's rows: -1 none yet, -2 several.
    var own = [Int32](repeating: -1, count: block.count)
    var counts = [Double](repeating: 0, count: block.count)
    for (row, code) in block.codes.enumerated() where code >= 0 {
      let (category, value) = (Int(code), objective.classes.codes[row])
      own[category] = own[category] == -1 || own[category] == value ? value : -2
      counts[category] += objective.design.weights?[row] ?? 1
    }
    return own.indices.filter { category in
      guard own[category] >= 0 else { return false }
      var rows = [Double](repeating: 0, count: classes.present.count)
      rows[Int(own[category])] = counts[category]
      return isBeyondChance(rows, classes)
    }
  }

  /// `rows` of each class that occurs, drawn from all rows.
  private static func isBeyondChance(_ rows: [Double], _ classes: ClassTarget) -> Bool {
    let whole = classes.sizes.reduce(0, +)
    let logarithm = zip(rows, classes.present).reduce(0) { sum, next in
      sum + next.0 * log(classes.sizes[next.1] / whole)
    }
    return logarithm < log(chance)
  }
}
