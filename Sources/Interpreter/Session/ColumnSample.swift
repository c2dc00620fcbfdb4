import Kernels
import Plan
import Tables

/// The values of a session's columns, from the first rows at hand: what completion offers where a value is compared.
public struct ColumnSample: Sendable {
  /// How many rows are looked at.
  private static let rowCount = 2000
  /// Numbers and times are offered where they are this few.
  private static let fewValues = 20

  private let values: [Value]

  /// The values of a session, those first that are asked first.
  public init(_ values: [Value] = []) { self.values = values }

  /// The values of a column of a table: texts from the most frequent on, all others in order. Of a split and of a model only
  /// the rows that are trained on are looked at.
  func cells(of column: String, inTable name: String) -> [Cell] {
    for value in values {
      guard let cells = Self.head(of: column, inTable: name, value.subject) else { continue }
      return Self.distinct(cells)
    }
    return []
  }

  private static func head(of column: String, inTable name: String, _ value: Value) -> Column? {
    switch value {
    case .table(let relation):
      guard relation.name == name, !relation.schema.isGuarded(column),
        let rows = (relation.kept.current ?? relation.base.current)?.rows
      else { return nil }
      return rows.head(of: column, rowCount)
    case .split(let split):
      return split.name == name && !split.schema.isGuarded(column) ? split.head(of: column, rowCount) : nil
    case .model(let model): return head(of: column, inTable: name, model)
    case .service(let service): return head(of: column, inTable: name, service.model)
    case .look, .scalar: return nil
    }
  }

  private static func head(of column: String, inTable name: String, _ model: Model) -> Column? {
    model.split.flatMap { $0.name == name && !$0.schema.isGuarded(column) ? $0.head(of: column, rowCount) : nil }
  }

  private static func distinct(_ column: Column) -> [Cell] {
    if case .vector = column { return [] }
    let found = CategoryCodes(column)
    guard case .text = column else {
      return found.count <= fewValues ? (0..<found.count).map { found.values[$0] } : []
    }
    let order = (0..<found.count).sorted { (found.counts[$1], $0) < (found.counts[$0], $1) }
    return order.map { found.values[$0] }
  }
}

extension Session {
  /// The last value's columns, then those of the named ones.
  public var columnSample: ColumnSample {
    let named = values.named.sorted { $0.key < $1.key }.map(\.value)
    return ColumnSample(([values.last].compactMap { $0 } + named).compactMap(\.current))
  }
}

extension Rows {
  /// The first cells of a column; nil where there is no such column, or rows on disk cannot be read.
  fileprivate func head(of column: String, _ count: Int) -> Column? {
    if case .whole(let table) = self { return table[column].map { $0.take(RowList(0..<min(count, table.rowCount))) } }
    var cells: Column?
    do throws(EngineError) {
      try fold([column], Progress()) { chunk throws(EngineError) in
        cells = chunk[column].map { $0.take(RowList(0..<min(count, chunk.rowCount))) }
        return false
      }
    } catch {
      return nil
    }
    return cells
  }
}

extension Split {
  fileprivate func head(of column: String, _ count: Int) -> Column? {
    raw[column].map { $0.take(train.at(RowList(0..<min(count, train.count)))) }
  }
}
