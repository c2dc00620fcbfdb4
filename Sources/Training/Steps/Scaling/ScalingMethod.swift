import Expressions
import Kernels
import Plan
import Tables

/// A way to scale a column of numbers: a file of its own, and a line in `ScalingCatalog`.
public protocol ScalingMethod: Sendable {
  /// As it is written: `scale age = NAME`.
  static var name: String { get }
  /// What it does, in words that go on after the name: `takes off the mean and divides by the standard deviation`.
  static var summary: String { get }
  /// What each number becomes, as an expression over the column alone, its statistics settled on the rows. Throws `interrupted`.
  static func fit(_ column: ScaledColumn, _ progress: Progress) throws(EngineError) -> Scaling
}

/// A column that is to be scaled, at the rows that statistics are of.
public struct ScaledColumn: Sendable {
  public let name: String
  public let type: ColumnType
  private let table: Table

  /// The column must be in the table.
  init(_ name: String, _ type: ColumnType, _ table: Table) {
    self.name = name
    self.type = type
    self.table = table
  }

  /// The number itself.
  var value: Expression { .column(name, type) }

  /// How many rows have a number.
  var count: Int { (table[name]?.count ?? 0) - (table[name]?.missingCount ?? 0) }

  /// A statistic of the rows, `part` saying which quantile; nil without a number.
  func statistic(
    _ aggregate: Aggregate, part: Double? = nil, _ progress: Progress
  ) throws(EngineError) -> Double? {
    let more = part.map { [Expression.literal(.float($0))] } ?? []
    let fitted = try Expression.aggregate(aggregate, [value] + more).settled(on: table, progress)
    if case .literal(let cell) = fitted { return cell.number }
    return nil
  }
}

/// A settled scaling of one column.
public struct Scaling: Sendable {
  let expression: Expression
  /// What was learned; nil where nothing was.
  let remark: StageRemark?

  init(_ expression: Expression, remark: StageRemark? = nil) {
    self.expression = expression
    self.remark = remark
  }

  /// (x − centre) / spread. A constant column has no spread: it is only shifted.
  init(_ column: ScaledColumn, centre: Double?, spread: Double?) {
    let centre = centre ?? 0
    let divisor = spread.flatMap { $0 > 0 && $0.isFinite ? $0 : nil } ?? 1
    let shifted = Expression.call(.subtract, [column.value, .literal(.float(centre))])
    self.init(.call(.divide, [shifted, .literal(.float(divisor))]), remark: .scaled(centre: centre, divisor: divisor))
  }
}

/// Every way to scale there is: one line each, in the order in which help lists them.
public enum ScalingCatalog {
  public static let all: [any ScalingMethod.Type] = [
    StandardScaling.self,
    MinMaxScaling.self,
    RobustScaling.self,
    LogScaling.self,
  ]

  public static func named(_ name: String) -> (any ScalingMethod.Type)? { all.first { $0.name == name } }
}
