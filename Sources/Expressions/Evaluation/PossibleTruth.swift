import Tables

/// What a condition may be, of rows of which only the bounds of their cells are known (zone maps; Moerkotte, Small Materialized
/// Aggregates, 1998). What it may be is never too little: of what is not known it may be anything.
public struct PossibleTruth: Sendable, Equatable {
  public let canBeTrue: Bool
  public let canBeFalse: Bool
  public let canBeMissing: Bool
  /// For how many rows it is missing, as far as that is told; nil where it does not follow from the bounds.
  public let missing: Int?

  static let anything = PossibleTruth(canBeTrue: true, canBeFalse: true, canBeMissing: true, missing: nil)
  static let never = PossibleTruth(canBeTrue: false, canBeFalse: true, canBeMissing: false, missing: 0)

  static func always(_ value: Bool) -> PossibleTruth {
    PossibleTruth(canBeTrue: value, canBeFalse: !value, canBeMissing: false, missing: 0)
  }

  var negated: PossibleTruth {
    PossibleTruth(canBeTrue: canBeFalse, canBeFalse: canBeTrue, canBeMissing: canBeMissing, missing: missing)
  }

  private var isNever: Bool { !canBeTrue && !canBeMissing }
  private var isAlways: Bool { !canBeFalse && !canBeMissing }

  /// Kleene's conjunction: what is false wins over what is missing.
  static func all(_ parts: [PossibleTruth]) -> PossibleTruth {
    if parts.contains(where: \.isNever) { return never }
    let open = parts.filter { !$0.isAlways }
    guard open.count != 1 else { return open[0] }
    let canBeMissing = open.contains(where: \.canBeMissing)
    return PossibleTruth(
      canBeTrue: open.allSatisfy(\.canBeTrue), canBeFalse: open.contains(where: \.canBeFalse),
      canBeMissing: canBeMissing, missing: canBeMissing ? nil : 0)
  }
}

extension Expression {
  /// What the condition may be, of rows with such an outline. O(its size).
  public func possibleTruth(of rows: RowsOutline) -> PossibleTruth {
    switch self {
    case .literal(.bool(let value)): return .always(value)
    case .column(_, .bool): return Self.bound(self, in: rows) { Self.truth(of: $0, .equal, .bool(true)) }
    case .call(let function, let arguments): return Self.possibleTruth(function, arguments, rows)
    case .missing, .literal, .column, .aggregate, .window: return .anything
    }
  }

  private static func possibleTruth(
    _ function: Function, _ arguments: [Expression], _ rows: RowsOutline
  ) -> PossibleTruth {
    if function == .and { return .all(arguments.map { $0.possibleTruth(of: rows) }) }
    if function == .or { return PossibleTruth.all(arguments.map { $0.possibleTruth(of: rows).negated }).negated }
    if function == .in { return membership(arguments, rows) }
    if function == .between { return range(arguments, rows) }
    if arguments.count == 1, function == .not { return arguments[0].possibleTruth(of: rows).negated }
    if arguments.count == 1, function == .isMissing { return absence(arguments[0], rows) }
    if arguments.count == 1, function == .isPresent { return absence(arguments[0], rows).negated }
    guard arguments.count == 2, let comparison = comparisons[function] else { return .anything }
    if let value = arguments[1].constant {
      return bound(arguments[0], in: rows) { truth(of: $0, comparison, value) }
    }
    if let value = arguments[0].constant {
      return bound(arguments[1], in: rows) { truth(of: $0, comparison.swapped, value) }
    }
    return .anything
  }

  private static let comparisons: [Function: Comparison] = [
    .equal: .equal, .notEqual: .notEqual, .less: .less, .lessOrEqual: .lessOrEqual, .greater: .greater,
    .greaterOrEqual: .greaterOrEqual,
  ]

  /// The value of an expression that reads no column; nil for one that does, and where it has none.
  private var constant: Cell? {
    if case .literal(let cell) = self { return cell }
    guard columns.isEmpty, !isFitted, case .call = self else { return nil }
    // try? is safe: of what has no value nothing is concluded.
    guard let compiled = try? CompiledExpression(self) else { return nil }
    let cell = compiled.evaluate(row: [], compiled.makeScratch())
    return cell == .missing ? nil : cell
  }

  // MARK: Of one column

  /// What a test may be of a column's cells: missing where they are, else what `test` says of those that are there.
  private static func bound(
    _ column: Expression, in rows: RowsOutline, _ test: (CellBounds) -> PossibleTruth
  ) -> PossibleTruth {
    guard case .column(let name, _) = column, let bounds = rows.bounds[name] else { return .anything }
    let present = test(bounds)
    let isNone = bounds.missing >= rows.rowCount
    return PossibleTruth(
      canBeTrue: present.canBeTrue && !isNone, canBeFalse: present.canBeFalse && !isNone,
      canBeMissing: bounds.missing > 0 || bounds.mayMissMore, missing: min(bounds.missing, rows.rowCount))
  }

  private static func absence(_ column: Expression, _ rows: RowsOutline) -> PossibleTruth {
    guard case .column(let name, _) = column, let bounds = rows.bounds[name] else {
      return PossibleTruth(canBeTrue: true, canBeFalse: true, canBeMissing: false, missing: 0)
    }
    return PossibleTruth(
      canBeTrue: bounds.missing > 0 || bounds.mayMissMore, canBeFalse: bounds.missing < rows.rowCount,
      canBeMissing: false, missing: 0)
  }

  /// `x in a..b`.
  private static func range(_ arguments: [Expression], _ rows: RowsOutline) -> PossibleTruth {
    guard arguments.count == 3, let low = arguments[1].constant, let high = arguments[2].constant else {
      return .anything
    }
    return bound(arguments[0], in: rows) { bounds in
      PossibleTruth.all([truth(of: bounds, .greaterOrEqual, low), truth(of: bounds, .lessOrEqual, high)])
    }
  }

  /// `x in [a, b]`, where all elements have values.
  private static func membership(_ arguments: [Expression], _ rows: RowsOutline) -> PossibleTruth {
    var values: [Cell] = []
    for element in arguments.dropFirst() {
      guard let value = element.constant else { return .anything }
      values.append(value)
    }
    guard let column = arguments.first else { return .anything }
    return bound(column, in: rows) { bounds in
      PossibleTruth.all(values.map { truth(of: bounds, .notEqual, $0) }).negated
    }
  }

  /// What comparing the cells that are there with a value may be.
  private static func truth(of bounds: CellBounds, _ comparison: Comparison, _ value: Cell) -> PossibleTruth {
    let low = bounds.least.flatMap { order($0, value) }
    let high = bounds.greatest.flatMap { order($0, value) }
    let (canBeTrue, canBeFalse): (Bool, Bool) =
      switch comparison {
      case .less: (low.map { $0 < 0 } ?? true, high.map { $0 >= 0 } ?? true)
      case .lessOrEqual: (low.map { $0 <= 0 } ?? true, high.map { $0 > 0 } ?? true)
      case .greater: (high.map { $0 > 0 } ?? true, low.map { $0 <= 0 } ?? true)
      case .greaterOrEqual: (high.map { $0 >= 0 } ?? true, low.map { $0 < 0 } ?? true)
      case .equal: (holds(low, high), !(low == 0 && high == 0))
      case .notEqual: (!(low == 0 && high == 0), holds(low, high))
      }
    return PossibleTruth(canBeTrue: canBeTrue, canBeFalse: canBeFalse, canBeMissing: false, missing: 0)
  }

  /// Whether a value may lie between bounds that are so far from it.
  private static func holds(_ low: Int?, _ high: Int?) -> Bool { low ?? 0 <= 0 && high ?? 0 >= 0 }

  /// Below 0, 0 or above 0, as the evaluator compares cells; nil where it is not known here how.
  private static func order(_ cell: Cell, _ value: Cell) -> Int? {
    switch (cell, value) {
    case (.int(let a), .int(let b)), (.datetime(let a), .datetime(let b)): sign(a, b)
    case (.date(let a), .date(let b)): sign(a, b)
    case (.float(let a), .float(let b)): a.isNaN || b.isNaN ? nil : sign(a, b)
    case (.int(let a), .float(let b)): b.isNaN ? nil : exactOrder(a, b)
    case (.float(let a), .int(let b)): a.isNaN ? nil : -exactOrder(b, a)
    case (.bool(let a), .bool(let b)): sign(a ? 1 : 0, b ? 1 : 0)
    case (.text(let a), .text(let b)):
      a.utf8.elementsEqual(b.utf8) ? 0 : a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
    // any other pair is of two types that are compared in ways of their own
    default: nil
    }
  }

  private static func sign<Value: Comparable>(_ a: Value, _ b: Value) -> Int { a < b ? -1 : a == b ? 0 : 1 }
}
