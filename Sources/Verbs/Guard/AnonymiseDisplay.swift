import Display
import Interpreter
import Notation
import Privacy
import Tables

/// What making a table anonymous did, and what it cost.
enum AnonymiseDisplay {
  static func displays(_ made: Anonymising, _ quasi: [String], rows: Int, name: String) -> [Display] {
    var table = DisplayTable(
      ["column", "generalised to", "different before", "after", "information lost"],
      types: [.text, .text, .int, .int, .float],
      rows: made.columns.map { column in
        [
          .text(column.name), .text(column.way.words), .int(Int64(column.before)), .int(Int64(column.after)),
          .float(column.lost),
        ]
      }, title: "\(name), made anonymous")
    for place in table.columns.indices.prefix(2) { table.columns[place].isProse = true }
    return [
      .table(table), AnonymityDisplay.table(made.figures, quasi, name: name), .notes(notes(made, rows: rows)),
    ]
  }

  private static func notes(_ made: Anonymising, rows: Int) -> [Note] {
    let share = "\((made.lost * 1000).rounded() / 10) %"
    let way =
      made.isLeast
      ? "no other way to generalise whole columns loses less"
      : "found column by column, as there are too many ways to try: another may lose less"
    return [
      Note("\(made.left) of \(counted(rows, "row")) left out; \(share) of what the columns tell is lost"), Note(way),
    ]
  }
}
