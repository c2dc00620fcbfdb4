import GRDB

/// A record as a row of the table `requests`.
enum LogRow {
  static let insertion = """
    INSERT INTO requests
      (at, request_id, client, method, route, status, model, version, latency_us, rows, request, response, error)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  static func insert(_ record: LogRecord, _ statement: Statement) throws {
    try statement.execute(arguments: [
      record.at, record.requestID, record.client, record.method, record.route, record.status, record.model,
      record.version, record.latency, record.rows, text(record.request), text(record.response), record.error,
    ])
  }

  /// As text, so that SQLite's JSON functions and people can read it; bytes that are not UTF-8 are replaced.
  private static func text(_ bytes: [UInt8]?) -> String? {
    bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  static func record(_ row: Row) -> LogRecord {
    LogRecord(
      at: row["at"] ?? 0, requestID: row["request_id"] ?? "", client: row["client"] ?? "",
      method: row["method"] ?? "", route: row["route"] ?? "", status: row["status"] ?? 0, model: row["model"] ?? "",
      version: row["version"] ?? "", latency: row["latency_us"] ?? 0, rows: row["rows"] ?? 0,
      request: (row["request"] as String?).map { Array($0.utf8) },
      response: (row["response"] as String?).map { Array($0.utf8) }, error: row["error"])
  }
}
