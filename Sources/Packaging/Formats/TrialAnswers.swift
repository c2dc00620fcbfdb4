import Plan
import Scoring
import Tables

/// What a model, or a file made of it, answers for some rows.
struct TrialAnswers {
  var prediction: [Cell]
  /// Row after row; empty for a regression.
  var probabilities: [Double]

  init(prediction: [Cell], probabilities: [Double]) {
    self.prediction = prediction
    self.probabilities = probabilities
  }

  init(_ scored: Scored) {
    prediction = (0..<scored.prediction.count).map { scored.prediction[$0] }
    probabilities = scored.probabilities.map { cells in (0..<cells.count).flatMap(cells.row) } ?? []
  }
}

/// The place where two answers are furthest apart, numbers first.
struct TrialDifference {
  let row: Int
  let fault: ExportFault.Reason

  /// nil where no difference is above `tolerance`, which is relative to the expected number where that is above a thousandth.
  init?(_ given: TrialAnswers, _ expected: TrialAnswers, of graph: Graph, tolerance: Double) {
    var worst: (size: Double, row: Int, fault: ExportFault.Reason)?
    func note(_ row: Int, _ output: String, _ a: Cell, _ b: Cell, _ size: Double) {
      guard size > tolerance else { return }
      // A class in place of another says less than by how much the numbers behind it differ.
      if let known = worst?.size, size.isFinite == known.isFinite ? size <= known : known.isFinite { return }
      worst = (size, row, .answer(output, is: a.description, expected: b.description, difference: size))
    }
    let classes = graph.classes
    guard given.prediction.count == expected.prediction.count,
      given.probabilities.count == expected.probabilities.count,
      expected.probabilities.count == (graph.probabilities == nil ? 0 : expected.prediction.count * classes.count)
    else {
      self.init(0, .unreadable("\(given.prediction.count) answers for \(expected.prediction.count) rows"))
      return
    }
    for row in expected.prediction.indices {
      let chances = expected.probabilities.isEmpty ? 0..<0 : row * classes.count..<(row + 1) * classes.count
      for (place, name) in zip(chances, classes) {
        let (a, b) = (given.probabilities[place], expected.probabilities[place])
        note(row, "the probability of \(name)", .float(a), .float(b), Self.size(a, b))
      }
      let (a, b) = (given.prediction[row], expected.prediction[row])
      if !Self.isOpen(a, b, expected.probabilities[chances], of: graph, tolerance) {
        note(row, "the prediction", a, b, Self.size(a, b))
      }
    }
    guard let worst else { return nil }
    self.init(worst.row, worst.fault)
  }

  private init(_ row: Int, _ fault: ExportFault.Reason) {
    self.row = row
    self.fault = fault
  }

  static func size(_ given: Double, _ expected: Double) -> Double {
    if given == expected || given.isNaN && expected.isNaN { return 0 }
    let size = (given - expected).magnitude / max(1e-3, expected.magnitude)
    return size.isNaN ? .infinity : size
  }

  /// Numbers, days and moments by what is between them, all else equal or not. A missing text is the empty one.
  private static func size(_ given: Cell, _ expected: Cell) -> Double {
    switch (given, expected) {
    case (.text(let a), .text(let b)): return TextBytes(a) == TextBytes(b) ? 0 : .infinity
    case (.text(let a), .missing): return a.isEmpty ? 0 : .infinity
    case (.int(let a), .int(let b)): return a == b ? 0 : .infinity
    case (.missing, .missing): return 0
    // any other pair is of numbers, or differs
    default: return number(given).flatMap { a in number(expected).map { size(a, $0) } } ?? .infinity
    }
  }

  private static func number(_ cell: Cell) -> Double? {
    switch cell {
    case .missing: .nan
    case .bool(let value): value ? 1 : 0
    case .int(let value), .datetime(let value): Double(value)
    case .float(let value): value
    case .date(let days): Double(days)
    case .text, .vector: nil
    }
  }

  /// Whether rounding alone decides between two classes, or there is nothing to decide by.
  private static func isOpen(
    _ given: Cell, _ expected: Cell, _ chances: ArraySlice<Double>, of graph: Graph, _ tolerance: Double
  ) -> Bool {
    guard !chances.isEmpty, given != expected, case .decide(let op) = graph.nodes[graph.prediction].op else {
      return false
    }
    if chances.contains(where: \.isNaN) { return true }
    if let threshold = op.threshold { return (chances[chances.startIndex + 1] - threshold).magnitude <= tolerance }
    let peak = chances.max() ?? 0
    guard let place = op.classes.firstIndex(where: { size(given, $0) == 0 }) else { return false }
    return peak - chances[chances.startIndex + place] <= tolerance
  }
}
