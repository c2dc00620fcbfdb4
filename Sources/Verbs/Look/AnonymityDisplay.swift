import Display
import Interpreter
import Notation
import Plan
import Privacy
import Tables

/// How well rows hide, as figures.
enum AnonymityDisplay {
  static func figures(_ anonymity: Anonymity) -> [Look.Figure] {
    let known: [Look.Figure] = [
      Look.Figure("k", .cell(.int(Int64(anonymity.k)))), Look.Figure("uniques", .cell(.int(Int64(anonymity.uniques)))),
      Look.Figure("classes", .cell(.int(Int64(anonymity.classes)))),
    ]
    guard let l = anonymity.diversities.map(\.l).min(), let t = anonymity.diversities.map(\.t).max() else {
      return known
    }
    return known + [Look.Figure("l", .cell(.int(Int64(l)))), Look.Figure("t", .cell(.float(t)))]
  }

  static func table(_ anonymity: Anonymity, _ quasi: [String], name: String) -> Display {
    var rows: [[Cell]] = [
      [.text("k"), .text(""), .int(Int64(anonymity.k)), .text("rows in the smallest class")],
      [.text("classes"), .text(""), .int(Int64(anonymity.classes)), .text("of \(counted(anonymity.rows, "row"))")],
      [.text("uniques"), .text(""), .int(Int64(anonymity.uniques)), .text("rows that are alone")],
    ]
    for found in anonymity.diversities {
      rows.append([.text("l"), .text(found.column), .int(Int64(found.l)), .text("fewest different values in a class")])
      rows.append([.text("t"), .text(found.column), .float(found.t), .text("farthest of a class from all rows")])
    }
    var table = DisplayTable(
      ["figure", "column", "value", "meaning"], rows: rows, title: "\(name), by \(NameList.of(quasi))")
    table.isProse = true
    table.isQuantityByRow = true
    return .table(table)
  }

  /// What each of the columns tells apart, and what masks took of it.
  static func columns(
    _ names: [String], _ table: Table, _ value: Value, _ context: RunContext
  ) throws(EngineError) -> Display {
    var rows: [[Cell]] = []
    for name in names {
      guard let column = table[name] else { continue }
      let lost = try raw(name, value, context).flatMap {
        $0.count == column.count ? Anonymity.lost(from: $0, to: column) : nil
      }
      rows.append([
        .text(name), .int(Int64(CategoryCodes(column).count)), lost.map(Cell.float) ?? .missing,
      ])
    }
    return .table(DisplayTable(["column", "different", "information lost"], types: [.text, .int, .float], rows: rows))
  }

  /// The raw column that a masked one was made of, where no row was left out since.
  private static func raw(_ name: String, _ value: Value, _ context: RunContext) throws(EngineError) -> Column? {
    guard case .table(let relation) = value, let facts = relation.schema.facts(of: name),
      !facts.sensitivity.masks.isEmpty, facts.origins.count == 1, let origin = facts.origins.first
    else { return nil }
    let base = try context.executor.baseRows(relation, context.progress)
    return try base.table([origin], context.progress)[origin]
  }
}
