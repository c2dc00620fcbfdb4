import Formats
import Plan
import Tables

/// Casts the inputs of a model to the types that it takes, part by part, where no cell is lost by it.
struct InputTypes {
  private struct Found {
    var type: ColumnType?
    var hasCells = false
    /// The first cell that has no value of the type: its row from 0, and its text.
    var misfit: (row: Int, text: String)?
    var misfitCount = 0
  }

  private let inputs: [Field]
  private var found: [Found]
  private var rowCount = 0

  init(_ model: Model) {
    inputs = model.graph.inputs
    found = inputs.map { _ in Found() }
  }

  /// Whether a cell so far has no value of the type that the model takes.
  var isMisfit: Bool { found.contains { $0.misfit != nil } }

  /// The next rows with each input as the type that the model takes.
  mutating func retyped(_ rows: Table) -> Table {
    var next = rows
    for (place, field) in inputs.enumerated() {
      guard let column = rows[field.name], column.type != field.type else { continue }
      let retyped = RetypedColumn(column, as: field.type)
      if let misfit = retyped.misfits.first, found[place].misfit == nil {
        found[place].misfit = (misfit.row + rowCount, misfit.text)
      }
      found[place].misfitCount += retyped.misfits.count
      found[place].type = column.type
      if column.missingCount < column.count { found[place].hasCells = true }
      next = next.with(field.name, retyped.column)
    }
    rowCount += rows.rowCount
    return next
  }

  /// Throws `wrong-type` with the first cell of an input that has no value of the type.
  func requireFit() throws(EngineError) {
    for (field, found) in zip(inputs, found) {
      guard let misfit = found.misfit, let type = found.type else { continue }
      throw EngineError(
        .inputs(
          .wrongType(
            field.name, type, takes: field.type, row: misfit.row + 1, text: misfit.text,
            others: found.misfitCount - 1)))
    }
  }

  /// What is said of the inputs that were read as another type.
  var notes: [String] {
    zip(inputs, found).compactMap { field, found in
      guard let type = found.type, found.hasCells, !(type == .int && field.type == .float) else { return nil }
      return "\(field.name) is \(type) and was read as \(field.type)"
    }
  }
}
