import Glibc

/// How alike the labels of some rows are, kept up to date as rows come and go: the greater, the purer.
///
/// The worth of rows is chosen so that the worths of the two sides, less that of the whole, are the number of rows times the
/// decrease of impurity (Breiman et al. 1984, 4.3).
struct Purity: Sendable {
  enum Criterion: Sendable { case gini, entropy, squaredError }

  let criterion: Criterion
  /// Rows of each class; one place with the sum of the labels for a regression.
  private(set) var totals: [Double]
  private(set) var rows = 0.0
  /// Of classes: the sum of count², or of count · log count.
  private var inner = 0.0

  init(_ criterion: Criterion, classes: Int) {
    self.criterion = criterion
    totals = [Double](repeating: 0, count: criterion == .squaredError ? 1 : classes)
  }

  @inline(__always)
  private func part(_ count: Double) -> Double {
    criterion == .gini ? count * count : count > 0 ? count * log(count) : 0
  }

  /// Adds a row, or with `times` −1 takes it away. `label` is a class code or a number.
  @inline(__always)
  mutating func add(_ label: Double, _ times: Double = 1) {
    rows += times
    if criterion == .squaredError {
      totals[0] += label * times
      return
    }
    let code = Int(label)
    let count = totals[code]
    inner += part(count + times) - part(count)
    totals[code] = count + times
  }

  /// Adds all rows of another, or takes them away.
  mutating func add(_ other: Purity, _ times: Double = 1) {
    rows += other.rows * times
    for place in totals.indices { totals[place] += other.totals[place] * times }
    if criterion != .squaredError { inner = totals.reduce(0) { $0 + part($1) } }
  }

  var worth: Double {
    guard rows > 0 else { return 0 }
    switch criterion {
    case .gini: return inner / rows
    case .entropy: return (inner - rows * log(rows)) / log(2)
    case .squaredError: return totals[0] * totals[0] / rows
    }
  }

  /// Whether a single class has all rows; always false for a regression with two rows, whose spread this does not know.
  var isPure: Bool { criterion == .squaredError ? rows < 2 : totals.contains(rows) }

  /// Shares of the classes, or the mean.
  var answer: [Double] { totals.map { rows > 0 ? $0 / rows : 0 } }
}
