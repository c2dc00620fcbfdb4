import Display
import Interpreter
import Plan
import Tables

/// What a stage that cleans has to show: what became of the cells, and the most frequent changes.
enum CleaningDisplay {
  private static let most = 10

  /// Throws `wrongType` where a cell could not be read and the stage stops at such.
  static func displays(_ notes: [StageNote], verb: String, stops: Bool) throws(EngineError) -> [Display] {
    let changes = notes.compactMap { if case .changed(let changes) = $0.remark { changes } else { nil } }
    if stops, let failed = changes.first(where: { $0.unread + $0.twofold > 0 }) {
      throw EngineError(.column(.unread(failed)))
    }
    if notes.isEmpty { return [.notes([Note("\(verb): nothing to change")])] }
    return StageNotes.displays(notes) + (table(changes).map { [.table($0)] } ?? [])
  }

  private static func table(_ changes: [CellChanges]) -> DisplayTable? {
    let all = changes.flatMap { column in column.frequent(most).map { (column.column, $0) } }
    guard !all.isEmpty else { return nil }
    let order = all.indices.sorted { left, right in
      let (a, b) = (all[left].1.cells, all[right].1.cells)
      return a == b ? left < right : a > b
    }
    let rows = order.prefix(most).map { place -> [Tables.Cell] in
      let (column, change) = all[place]
      return [.text(column), change.from, change.to, .int(Int64(change.cells))]
    }
    var table = DisplayTable(["column", "from", "to", "cells"], rows: rows, title: "what changed")
    table.columns[0].isProse = true
    table.totalRows = changes.reduce(0) { $0 + $1.changes.count }
    return table
  }

  /// The rows that stand for others that were left out.
  static func displays(near notes: [StageNote]) -> [Display] {
    let groups = notes.compactMap { note -> NearGroups? in
      if case .chosen(_, _, .near(let groups)?) = note.remark { groups } else { nil }
    }
    let tables = groups.filter { $0.count > 0 }.map { groups -> Display in
      let rows = groups.largest.map { group -> [Tables.Cell] in
        let others = group.others.map { $0.map(\.name).joined(separator: " · ") }.joined(separator: ", ")
        return group.kept + [.int(Int64(group.rows)), others.isEmpty ? .missing : .text(others)]
      }
      var table = DisplayTable(groups.columns + ["left out", "such as"], rows: rows, title: "near duplicates")
      table.totalRows = groups.count
      return .table(table)
    }
    return StageNotes.displays(notes) + tables
  }
}
