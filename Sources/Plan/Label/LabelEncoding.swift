import Tables

/// A label's cells as what learners take: class codes or numbers, found once for all rows.
public struct LabelEncoding: Sendable {
  public let label: ModelLabel
  /// Why these classes or this positive class.
  public let note: LabelNote
  /// The label of each row.
  public let cells: Column
  /// How many rows have each of the label's classes; empty for a number.
  public let classCounts: [Int]
  /// The class of each row by the order of the classes' values, whichever of them counts as positive; -1 where the label is missing.
  /// nil for a number. What strata are made of, so that naming the positive class does not change which rows are drawn.
  public let strata: [Int32]?
  private let values: LearningTarget.Values

  /// At most this many different values make an int label classes.
  public static let classLimit = 20
  /// More classes than this are learned only when `task: classification` asks for it.
  public static let mostClasses = 1000

  /// Decides the task and the classes from the label's cells; missing ones count for nothing.
  ///
  /// Classes are in the order of their bytes or numbers; of two, the positive one comes last: the one asked for, else `true`,
  /// 1 or "yes", else the rarer one. Throws `badLabel` for a label that cannot be learned, `tooLarge` for one with more than
  /// `mostClasses` classes that was not said to be classes.
  public init(_ statistics: ColumnStatistics, _ spec: LabelSpec) throws(EngineError) {
    cells = statistics.column
    guard try Self.isClasses(cells, spec) else {
      if let positive = spec.positive { throw EngineError(.label(.notPositive(spec.name, positive, classes: 0))) }
      label = ModelLabel(name: spec.name, task: .regression, classes: [])
      note = .number
      classCounts = []
      strata = nil
      values = .numbers(Self.numbers(cells))
      return
    }
    let codes = statistics.codes
    let classes = (0..<codes.count).map { codes.values[$0] }
    try Self.check(classes, cells, spec)
    strata = codes.codes
    guard classes.count == 2 else {
      label = ModelLabel(name: spec.name, task: .multiclass, classes: classes)
      note = .classes(zip(classes, codes.counts).map { ValueCount(value: $0, count: $1) })
      classCounts = codes.counts
      values = .classes(codes.codes, count: classes.count)
      return
    }
    let positive = Self.positive(of: classes, codes.counts, asked: spec.positive)
    label = ModelLabel(name: spec.name, task: .binary, classes: [classes[1 - positive], classes[positive]])
    note = .positive(
      ValueCount(value: classes[positive], count: codes.counts[positive]), of: codes.counts.reduce(0, +))
    classCounts = positive == 1 ? codes.counts : codes.counts.reversed()
    values = .classes(positive == 1 ? codes.codes : codes.codes.map { $0 < 0 ? $0 : 1 - $0 }, count: 2)
  }

  /// Of a column on its own.
  public init(_ cells: Column, _ spec: LabelSpec) throws(EngineError) { try self.init(ColumnStatistics(cells), spec) }

  /// What is to be learned of some rows, each of which has a label.
  public func target(_ rows: RowList) -> LearningTarget {
    switch values {
    case .numbers(let numbers): .numbers(rows.gather(numbers))
    case .classes(let codes, let count): .classes(rows.gather(codes), count: count)
    }
  }

  private static func check(_ classes: [Cell], _ cells: Column, _ spec: LabelSpec) throws(EngineError) {
    guard classes.count >= 2 else {
      throw EngineError(.label(classes.first.map { .oneClass(spec.name, $0) } ?? .noValue(spec.name)))
    }
    if let positive = spec.positive, !classes.contains(where: { same($0, positive) }) {
      throw EngineError(.label(.unknownClass(spec.name, positive, of: classes)))
    }
    if let positive = spec.positive, classes.count > 2 {
      throw EngineError(.label(.notPositive(spec.name, positive, classes: classes.count)))
    }
    if classes.count > mostClasses, spec.task != .classification {
      throw EngineError(.label(.tooManyClasses(spec.name, classes.count, rows: cells.count - cells.missingCount)))
    }
  }

  private static func isClasses(_ cells: Column, _ spec: LabelSpec) throws(EngineError) -> Bool {
    switch (cells, spec.task) {
    case (.vector, _), (.date, _), (.datetime, _):
      throw EngineError(.label(.notLearnable(spec.name, cells.type)))
    case (.text, .regression), (.bool, .regression):
      throw EngineError(.label(.notNumber(spec.name, cells.type)))
    case (_, .regression): return false
    case (.text, _), (.bool, _), (_, .classification): return true
    case (.int(let ints), .auto): return hasFewValues(ints)
    case (.float, .auto): return false
    }
  }

  private static func hasFewValues(_ ints: Cells<Int64>) -> Bool {
    var seen: Set<Int64> = []
    for row in 0..<ints.count where ints.isValid(row) {
      if seen.insert(ints.values[row]).inserted, seen.count > classLimit { return false }
    }
    return true
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

  /// The numbers of a column of ints or floats; not-a-number where a cell is missing.
  private static func numbers(_ cells: Column) -> [Double] {
    var numbers: [Double]
    switch cells {
    case .int(let ints): numbers = ints.values.map(Double.init)
    case .float(let floats): numbers = floats.values
    default: numbers = [Double](repeating: .nan, count: cells.count)
    }
    if let validity = cells.validity { for row in numbers.indices where !validity[row] { numbers[row] = .nan } }
    return numbers
  }
}
