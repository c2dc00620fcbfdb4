import Display
import GRDB
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
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(2)
      configuration.readonly = true
      let database = try DatabaseQueue(path: path, configuration: configuration)
      // try? is safe: what was to be read was read.
      defer { try? database.close() }
      return try database.inDatabase { (database: Database) throws -> LogTable in
        LogTable(records: try last(count, database), columns: try columns(database))
      }.table(last: count)
    } catch {
      throw LogProblem.unavailable(path, words(error))
    }
  }

  private static func last(_ count: Int, _ database: Database) throws -> [LogRecord] {
    let rows: [Row] = try Row.fetchAll(
      database, sql: "SELECT * FROM requests ORDER BY id DESC LIMIT ?", arguments: [count])
    let newestFirst: [LogRecord] = rows.map { row in LogRow.record(row) }
    return newestFirst.reversed()
  }

  private static func columns(_ database: Database) throws -> [LoggedModel: LoggedColumns] {
    var columns: [LoggedModel: LoggedColumns] = [:]
    for row in try Row.fetchAll(database, sql: "SELECT model, version, columns FROM models") {
      guard let model: String = row["model"], let version: String = row["version"], let text: String = row["columns"]
      else { continue }
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
