/// A record as a row of the table `requests`.
enum LogRow {
  private static let columns =
    "at, request_id, client, method, route, status, model, version, latency_us, rows, request, response, error"

  private static let insertion = "INSERT INTO requests (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

  static func insert(_ record: LogRecord, _ connection: SQLiteConnection) throws(SQLiteProblem) {
    try connection.rows(
      insertion,
      [
        .int(record.at), .text(record.requestID), .text(record.client), .text(record.method), .text(record.route),
        .int(Int64(record.status)), .text(record.model), .text(record.version), .int(record.latency),
        .int(Int64(record.rows)), text(record.request), text(record.response), SQLiteValue(record.error),
      ])
  }

  /// As text, so that SQLite's JSON functions and people can read it; bytes that are not UTF-8 are replaced.
  private static func text(_ bytes: [UInt8]?) -> SQLiteValue {
    SQLiteValue(bytes.map { String(decoding: $0, as: UTF8.self) })
  }

  /// The last records, oldest first.
  static func last(_ count: Int, _ connection: SQLiteConnection) throws(SQLiteProblem) -> [LogRecord] {
    try connection.rows("SELECT \(columns) FROM requests ORDER BY id DESC LIMIT ?", [.int(Int64(count))])
      .reversed().map(record)
  }

  private static func record(_ row: [SQLiteValue]) -> LogRecord {
    LogRecord(
      at: row[0].int ?? 0, requestID: row[1].text ?? "", client: row[2].text ?? "", method: row[3].text ?? "",
      route: row[4].text ?? "", status: Int(row[5].int ?? 0), model: row[6].text ?? "", version: row[7].text ?? "",
      latency: row[8].int ?? 0, rows: Int(row[9].int ?? 0), request: row[10].text.map { Array($0.utf8) },
      response: row[11].text.map { Array($0.utf8) }, error: row[12].text)
  }
}
