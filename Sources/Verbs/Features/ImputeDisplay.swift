import Display
import Interpreter
import Plan
import Tables

/// What a stage that fills missing cells has to show: of one column a line, of several a table.
enum ImputeDisplay {
  static func displays(
    _ notes: [StageNote], _ subject: Value, _ context: RunContext
  ) throws(EngineError) -> [Display] {
    let filled = notes.flatMap { note -> [FilledColumn] in
      if case .filled(let columns) = note.remark { columns } else { [] }
    }
    if notes.isEmpty { return [.notes([Note("impute: nothing is missing")])] }
    guard filled.count > 1 else { return StageNotes.displays(notes) }
    let others = notes.filter { if case .filled = $0.remark { false } else { true } }
    return [.table(table(filled))] + (others.isEmpty ? [] : StageNotes.displays(others))
  }

  private static func table(_ columns: [FilledColumn]) -> DisplayTable {
    let rows = columns.map { column -> [Tables.Cell] in
      [
        .text(column.column), .int(Int64(column.filled)), .int(Int64(column.left)),
        column.value.map { .text(words($0)) } ?? .missing, figure(column.before?.mean, column.before),
        figure(column.after?.mean, column.after), figure(column.before?.deviation, column.before),
        figure(column.after?.deviation, column.after),
      ]
    }
    var table = DisplayTable(
      ["column", "filled", "left", "with", "mean", "mean after", "sd", "sd after"],
      types: [.text, .int, .int, .text, .float, .float, .float, .float], rows: rows, title: "filled")
    table.isQuantityByRow = true
    return table
  }

  private static func words(_ value: Tables.Cell) -> String {
    if case .float(let number) = value { NumberText.figure(number) } else { value.name }
  }

  /// Missing where there is no number to have a figure.
  private static func figure(_ value: Double?, _ moments: NumberMoments?) -> Tables.Cell {
    guard let moments, moments.count > 0, let value else { return .missing }
    return .float(value)
  }
}
