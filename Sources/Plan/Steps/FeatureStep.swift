import Expressions
import Kernels
import Scoring
import Tables

/// A step that makes or changes columns row by row, possibly from statistics of the rows it is fitted on: derive, cast, impute,
/// scale, encode.
public protocol FeatureStep: Sendable {
  /// The step as it is written in a script: `impute age = median`.
  var words: String { get }
  /// How a model's record tells it: with others that do the same, or as it is written.
  var told: StepWords { get }
  /// What it does, independent of how it was written.
  var key: StepKey { get }
  /// Whether it has statistics to fit; one that has none computes the same in every fold.
  var isFitted: Bool { get }
  /// The columns it reads.
  var reads: [String] { get }
  /// The columns it makes or changes.
  var writes: [String] { get }
  /// Steps that make those of its columns that need no statistic: they are the same in every fold, so rows may be chosen by them.
  var withoutStatistics: [any FeatureStep] { get }
  /// The schema after it. Throws `unknownColumn` or `wrongType`; columns not known yet pass.
  func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema
  /// Changes a schema to the one after it, as `result`; a step that makes a column does so in time that does not grow with the others.
  func apply(to schema: inout RelationSchema) throws(EngineError)
  /// Learns its statistics from the rows: another type, so that nothing half-fitted exists.
  func fit(on table: Table, _ progress: Progress) throws(EngineError) -> any FittedStep
}

extension FeatureStep {
  public func apply(to schema: inout RelationSchema) throws(EngineError) { schema = try result(schema) }

  public var withoutStatistics: [any FeatureStep] { isFitted ? [] : [self] }

  public var told: StepWords { .written(words) }
}

/// A fitted step. It has no way to transform rows but its lowering, which is run: so training and serving cannot differ.
public protocol FittedStep: Sendable {
  /// What was learned; nil when there is nothing to say.
  var remark: StageRemark? { get }
  /// The columns it makes or changes.
  var writes: [String] { get }
  /// Of a written vector column, the name of each place.
  func places(of column: String) -> [String]
  /// Puts the ports of its written columns into the scope.
  func lower(into scope: inout LoweringScope) throws(Unsupported)
  /// What the cells that it read became, to be told; nil where that goes without saying. `made` are the columns that it wrote, in order.
  func changes(of rows: Table, into made: [Column], _ progress: Progress) throws(EngineError) -> CellChanges?
  /// What filling missing cells did to the columns, always the same ones; empty for a step that fills none. `made` as in `changes`.
  func fills(of rows: Table, into made: [Column], isPart: Bool) -> [FilledColumn]
}

extension FittedStep {
  public var remark: StageRemark? { nil }
  public func places(of column: String) -> [String] { [] }
  public func changes(of rows: Table, into made: [Column], _ progress: Progress) throws(EngineError) -> CellChanges? {
    nil
  }
  public func fills(of rows: Table, into made: [Column], isPart: Bool) -> [FilledColumn] { [] }
}

/// A graph under construction, with the port that each column's name now stands for.
public struct LoweringScope: Sendable {
  public var builder: GraphBuilder
  /// Raw columns that become inputs when they are first read.
  private let raw: [String: ColumnType]
  private var ports: [String: Port] = [:]
  private var hidden: Set<String> = []
  /// Of raw columns that no step has read yet.
  private var levels: [String: ColumnLevel] = [:]
  /// Remarks that scored rows may get.
  public private(set) var flags: [Graph.Flag] = []

  /// A scope whose inputs are the columns of a raw table.
  public init(raw schema: Schema) {
    builder = GraphBuilder()
    raw = Dictionary(schema.fields.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
  }

  /// Makes room for the ports of so many columns more.
  public mutating func reserve(_ count: Int) {
    ports.reserveCapacity(ports.count + count)
    builder.reserve(count)
  }

  /// The port of a column; a raw column becomes an input of the graph when it is first asked for.
  public mutating func port(_ name: String) throws(Unsupported) -> Port {
    if let port = ports[name] { return port }
    guard !hidden.contains(name), let type = raw[name] else {
      throw Unsupported(step: builder.step, .noColumn(name))
    }
    let input = builder.input(name, type)
    if let level = levels[name] { builder.mark(input, as: .classified(level)) }
    ports[name] = .column(input)
    return .column(input)
  }

  /// Says how sensitive a column is: a raw one that is an input of the graph, or becomes one, is marked with its level.
  public mutating func classify(_ name: String, as level: ColumnLevel) {
    guard let port = ports[name] else {
      if !hidden.contains(name) { levels[name] = level.isGuarded ? level : nil }
      return
    }
    guard case .column(let column) = port, case .input = builder.nodes[column.node].op else { return }
    builder.mark(column, as: level.isGuarded ? .classified(level) : nil)
  }

  /// Marks what a mask made of a column as what is recorded of its raw column; nothing happens where it was made of others too, or is
  /// another column by its name and by its cells.
  public mutating func markMask(of name: String, _ before: Port, made column: ColumnPort) {
    let inputs = builder.inputs(of: column.node)
    guard inputs.count == 1, let raw = inputs.first else { return }
    let isRaw = if case .input = builder.nodes[before.node].op { true } else { false }
    if isRaw || raw == name { builder.mark(column, as: .mask(of: raw)) }
  }

  /// The port of a column that is not a vector.
  public mutating func column(_ name: String) throws(Unsupported) -> ColumnPort {
    guard case .column(let port) = try port(name) else {
      throw Unsupported(step: builder.step, .isVector(name))
    }
    return port
  }

  /// The ports of several columns by name, as `GraphBuilder.expression` takes them.
  public mutating func columns(_ names: [String]) throws(Unsupported) -> [String: ColumnPort] {
    var found: [String: ColumnPort] = [:]
    for name in names { found[name] = try column(name) }
    return found
  }

  /// Flags the scored rows for which a bool expression over columns is true.
  public mutating func flag(_ name: String, where condition: Expression) throws(Unsupported) {
    let ports = try columns(condition.columns)
    guard let port = builder.expression(condition, ports) else { return }
    flag(name, port)
  }

  /// Flags the scored rows for which a bool port is true.
  public mutating func flag(_ name: String, _ port: ColumnPort) {
    flags.append(Graph.Flag(name: name, node: port.node))
  }

  /// Has the model answer no row for which a bool expression over columns is false.
  public mutating func guardRows(_ rule: String, _ condition: Expression) throws(Unsupported) {
    let ports = try columns(condition.columns)
    let breaks = Expression.call(.not, [.call(.coalesce, [condition, .literal(.bool(true))])])
    guard let port = builder.expression(breaks, ports) else { return }
    flags.append(Graph.Flag(name: rule, node: port.node, isGuard: true))
  }

  public mutating func set(_ name: String, _ port: Port) {
    ports[name] = port
    hidden.remove(name)
  }

  public mutating func remove(_ name: String) {
    ports[name] = nil
    hidden.insert(name)
  }

  public mutating func rename(_ pairs: [(old: String, new: String)]) throws(Unsupported) {
    var moved: [(String, Port)] = []
    for pair in pairs { moved.append((pair.new, try port(pair.old))) }
    for pair in pairs { remove(pair.old) }
    for (name, port) in moved { set(name, port) }
  }
}
