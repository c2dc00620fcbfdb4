import Learners
import Plan
import Tables

/// A label's cells as what learners take: class codes or numbers.
public struct LabelEncoding: Sendable {
  public let label: ModelLabel
  /// Why these classes or this positive class, for the result of `label` and `train`.
  public let note: String

  /// At most this many different values make an int label classes.
  static let classLimit = 20

  /// Decides the task and the classes from the label's cells, none of them missing.
  ///
  /// Classes are in the order of their code points or numbers; of two, the positive one comes last: the one asked for, else `true`,
  /// 1 or "yes", else the rarer one. Throws `badLabel` for a label that cannot be learned.
  public init(_ cells: Column, _ spec: LabelSpec) throws(EngineError) {
    let isClasses = try Self.isClasses(cells, spec)
    guard isClasses else {
      label = ModelLabel(name: spec.name, task: .regression, classes: [])
      note = "\(spec.name) is a number to predict"
      return
    }
    let (classes, counts) = Self.classes(of: cells)
    guard classes.count >= 2 else {
      throw EngineError(
        .badLabel, spec.name, "'\(spec.name)' has \(classes.isEmpty ? "no value" : "only one class, \(classes[0])")",
        help: ["a label needs at least two classes among the rows"])
    }
    if let positive = spec.positive, !classes.contains(where: { Self.same($0, positive) }) {
      throw EngineError(
        .badLabel, spec.name, "'\(spec.name)' has no class \(positive)",
        help: ["its classes: " + classes.prefix(12).map(\.description).joined(separator: ", ")])
    }
    guard classes.count == 2 else {
      label = ModelLabel(name: spec.name, task: .multiclass, classes: classes)
      note = "\(spec.name) has \(classes.count) classes"
      return
    }
    let positive = Self.positive(of: classes, counts, asked: spec.positive)
    label = ModelLabel(
      name: spec.name, task: .binary, classes: [classes[1 - positive], classes[positive]])
    note = "\(spec.name): the positive class is \(classes[positive])"
  }

  private static func isClasses(_ cells: Column, _ spec: LabelSpec) throws(EngineError) -> Bool {
    switch (cells, spec.task) {
    case (.vector, _), (.date, _), (.datetime, _):
      throw EngineError(.badLabel, spec.name, "a \(cells.type) column cannot be a label")
    case (.text, .regression), (.bool, .regression):
      throw EngineError(.badLabel, spec.name, "'\(spec.name)' is \(cells.type), not a number to predict")
    case (_, .regression): return false
    case (.text, _), (.bool, _), (_, .classification): return true
    case (.int(let ints), .auto): return Set(ints.values).count <= classLimit
    case (.float, .auto): return false
    }
  }

  private static func classes(of cells: Column) -> (classes: [Cell], counts: [Int]) {
    let ranks = cells.ranks
    var first: [Int: Int] = [:]
    var counts: [Int: Int] = [:]
    for (row, rank) in ranks.enumerated() where rank >= 0 {
      if first[rank] == nil { first[rank] = row }
      counts[rank, default: 0] += 1
    }
    let order = first.keys.sorted()
    return (order.compactMap { first[$0].map { cells[$0] } }, order.map { counts[$0] ?? 0 })
  }

  private static func positive(of classes: [Cell], _ counts: [Int], asked: Cell?) -> Int {
    if let asked, let place = classes.firstIndex(where: { same($0, asked) }) { return place }
    let usual: [Cell] = [.bool(true), .int(1), .float(1), .text("yes"), .text("Yes"), .text("YES"), .text("true")]
    if let place = classes.firstIndex(where: usual.contains) { return place }
    return counts[0] < counts[1] ? 0 : 1
  }

  private static func same(_ left: Cell, _ right: Cell) -> Bool {
    if left == right { return true }
    guard let a = left.number, let b = right.number else { return false }
    return a == b
  }

  /// The label's cells as a learner's target. Cells that are missing or of no known class are not expected: rows with a missing label
  /// are left out when the parts are drawn.
  public static func target(_ cells: Column, _ label: ModelLabel) -> LearningTarget {
    if label.task == .regression {
      return .numbers((0..<cells.count).map { cells[$0].number ?? 0 })
    }
    return .classes(codes(cells, label), count: label.classes.count)
  }

  /// The class code of each cell; 0 for a cell of no class.
  public static func codes(_ cells: Column, _ label: ModelLabel) -> [Int32] {
    ClassCoding(label.classes).codes(cells).map { max($0, 0) }
  }
}
