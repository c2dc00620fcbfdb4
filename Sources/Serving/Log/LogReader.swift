import Display
import Plan
import Tables

extension RequestLog {
  /// The last requests of a log as a table, oldest first: one row for each row that was scored, and one for each request
  /// without any.
  ///
  /// Columns: `request_id at route status latency_us error`, then the models' raw columns, `prediction` and
  /// `probability_CLASS`. A raw column that has another name's type in another model is text; one that is called as one of
  /// the first six gets `input_` before its name. At most `count` rows are given. The log may be in use.
  public static func rows(path: String, last count: Int) throws(LogProblem) -> Tables.Table {
    guard count > 0 else { return LogTable(records: [], columns: [:]).table(last: 0) }
    try LogSchema.examine(path)
    do throws(SQLiteProblem) {
      let connection = try SQLiteConnection(path, isReadOnly: true, busy: 2)
      let log = LogTable(records: try LogRow.last(count, connection), columns: try columns(connection))
      return log.table(last: count)
    } catch {
      throw LogProblem.unavailable(path, error.words)
    }
  }

  private static func columns(_ connection: SQLiteConnection) throws(SQLiteProblem) -> [LoggedModel: LoggedColumns] {
    var columns: [LoggedModel: LoggedColumns] = [:]
    for row in try connection.rows("SELECT model, version, columns FROM models") {
      guard let model = row[0].text, let version = row[1].text, let text = row[2].text else { continue }
      columns[LoggedModel(name: model, version: version)] = LoggedColumns(text)
    }
    return columns
  }
}

/// A model as records name it.
struct LoggedModel: Hashable {
  let name: String
  let version: String
}
