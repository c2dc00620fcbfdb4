import Glibc
import Kernels
import Plan
import Tables
import Testing

@testable import Serving

@Suite(.serialized) struct RequestLogTests {
  @Test func aLogThatCannotBeWrittenStopsAnswers() throws {
    let running = try Running { $0.logSeconds = 0.1 }
    let client = running.client
    #expect(client.post("/v1/predict", ChurnModel.row)?.status == 200)
    let other = try SQLiteConnection(running.log, busy: 2)
    try other.execute("BEGIN EXCLUSIVE")
    let refused = client.post("/v1/predict", ChurnModel.row)
    #expect(refused?.status == 503)
    #expect(refused?.json["error"]?["code"] == .string("log-unavailable"))
    try other.execute("ROLLBACK")
    #expect(client.post("/v1/predict", ChurnModel.row)?.status == 200)
    #expect(try running.records().count == 2)
  }

  @Test func aLogThatWasRemovedStopsAnswers() throws {
    let running = try Running()
    let client = running.client
    #expect(client.post("/v1/predict", ChurnModel.row)?.status == 200)
    unlink(running.log)
    #expect(client.post("/v1/predict", ChurnModel.row)?.status == 503)
  }

  @Test func aFullDiskStopsAnswersUntilThereIsRoom() throws {
    let folder = try Running.folder()
    defer { Running.remove(folder) }
    let log = try RequestLog(path: folder + "/requests.db", busy: 0.1, pages: 40)
    var record = LogRecord.example
    record.request = [UInt8](repeating: 0x20, count: 20_000)
    let results = (0..<20).map { _ in Self.append(record, log) }
    #expect(results.first == true)
    #expect(results.last == false)
    log.close()
    #expect(try RequestLog.rows(path: log.path, last: 100).rowCount == results.count { $0 })
  }

  private static func append(_ record: LogRecord, _ log: RequestLog) -> Bool {
    let answered = Answered()
    log.append(record) { answered.set($0) }
    return answered.wait() == true
  }

  @Test func everyRecordOfManyThreadsIsKept() throws {
    let folder = try Running.folder()
    defer { Running.remove(folder) }
    let log = try RequestLog(path: folder + "/requests.db")
    parallelFor(2000) { _ in _ = Self.append(.example, log) }
    log.close()
    #expect(Self.append(.example, log) == false)
    #expect(try RequestLog.rows(path: log.path, last: 5000).rowCount == 2000)
  }

  @Test func twoWritersShareOneFile() throws {
    let folder = try Running.folder()
    defer { Running.remove(folder) }
    let logs = try (0..<2).map { _ in try RequestLog(path: folder + "/requests.db") }
    parallelFor(400) { index in #expect(Self.append(.example, logs[index % 2])) }
    for log in logs { log.close() }
    #expect(try RequestLog.rows(path: folder + "/requests.db", last: 5000).rowCount == 400)
  }

  @Test func otherFilesAreRefusedAndLeftAsTheyAre() throws {
    let folder = try Running.folder()
    defer { Running.remove(folder) }
    let path = folder + "/requests.db"
    try DurableFile.write(Array("age,plan\n1,gold\n".utf8), to: path)
    #expect(throws: LogProblem.notSQLite(path)) { _ = try RequestLog(path: path) }
    #expect(try DurableFile.read(path, limit: 100) == Array("age,plan\n1,gold\n".utf8))
    unlink(path)
    let other = try SQLiteConnection(path, busy: 2)
    try other.execute("CREATE TABLE mine (x)")
    other.close()
    let before = try DurableFile.read(path, limit: 1 << 20)
    #expect(throws: LogProblem.foreign(path)) { _ = try RequestLog(path: path) }
    #expect(throws: LogProblem.foreign(path)) { _ = try RequestLog.rows(path: path, last: 1) }
    #expect(try DurableFile.read(path, limit: 1 << 20) == before)
  }

  @Test func aLaterSchemaAFolderAndAMissingFolderAreErrors() throws {
    let folder = try Running.folder()
    defer { Running.remove(folder) }
    let path = folder + "/requests.db"
    try RequestLog(path: path).close()
    let other = try SQLiteConnection(path, busy: 2)
    try other.execute("PRAGMA user_version = 9; PRAGMA wal_checkpoint(TRUNCATE)")
    other.close()
    #expect(throws: LogProblem.newer(path, version: 9)) { _ = try RequestLog(path: path) }
    #expect(throws: LogProblem.self) { _ = try RequestLog(path: folder) }
    #expect(throws: LogProblem.self) { _ = try RequestLog(path: folder + "/none/requests.db") }
  }

  @Test func recordsReadAsATableOfTypedColumns() throws {
    let running = try Running()
    let client = running.client
    _ = client.post("/v1/predict", ChurnModel.row)
    _ = client.post("/v1/predict", #"[{"age":1,"spend":2},{"age":3}]"#)
    _ = client.post("/v2/models/churn/infer", #"{"inputs":[{"name":"age","datatype":"INT64","shape":[1],"data":[7]}]}"#)
    _ = client.post("/v1/predict", #"{"age":"x"}"#)
    let table = try RequestLog.rows(path: running.log, last: 100)
    #expect(
      table.names == [
        "request_id", "at", "route", "status", "latency_us", "error", "age", "spend", "plan", "active", "joined",
        "seen",
        "prediction", "probability_stays", "probability_leaves",
      ])
    #expect(table["age"] == .int(Cells([34, 1, 3, 7, nil], filler: 0)))
    #expect(table["joined"] == .date(Cells([20484, nil, nil, nil, nil], filler: 0)))
    #expect(table["probability_leaves"] == .float(Cells([0.75, 0.25, 0.25, 0.25, nil], filler: 0)))
    #expect(table["prediction"] == .text(TextCells(["leaves", "stays", "stays", "stays", nil])))
    #expect(table["status"] == .int(Cells([200, 200, 200, 200, 400])))
    #expect(table["error"]?[4] == .text("wrong-type"))
    #expect(try RequestLog.rows(path: running.log, last: 2)["age"] == .int(Cells([7, nil], filler: 0)))
    #expect(try RequestLog.rows(path: running.log, last: 0).rowCount == 0)
  }

  @Test func maskedColumnsReadAsTheyWereKept() throws {
    let running = try Running(MaskingModel())
    _ = running.client.post("/v1/predict", #"{"plan":"secret","pin":1234}"#)
    _ = running.client.post(
      "/v2/models/masking/infer", #"{"inputs":[{"name":"plan","datatype":"BYTES","shape":[1],"data":["other"]}]}"#)
    let table = try RequestLog.rows(path: running.log, last: 10)
    #expect(table["plan"] == .text(TextCells(["s", "o"])))
    #expect(table["pin"] == .text(TextCells(["***", nil])))
  }

  @Test func aColumnNamedAsTheLogsOwnIsKeptApart() throws {
    let columns = LoggedColumns(StatusModel())
    var record = LogRecord.example
    record.request = Array(#"{"status":"new"}"#.utf8)
    let table = LogTable(records: [record], columns: [LoggedModel(name: "m", version: "1"): columns]).table(last: 1)
    #expect(table["input_status"]?[0] == .text("new"))
    #expect(table["status"]?[0] == .int(200))
  }

  @Test func inputsNamedAsAnswersChangeNoPlacesWithThem() throws {
    let columns = LoggedColumns(NamesakeModel())
    var record = LogRecord.example
    record.request = Array(#"{"prediction":"p","probability_yes":0.25,"input_prediction":"i"}"#.utf8)
    record.response = Array(#"{"prediction":"no","probabilities":{"yes":0.4}}"#.utf8)
    let table = LogTable(records: [record], columns: [LoggedModel(name: "m", version: "1"): columns]).table(last: 1)
    #expect(table["prediction"]?[0] == .text("no"))
    #expect(table["probability_yes"]?[0] == .float(0.4))
    #expect(table["input_prediction"]?[0] == .text("i"))
    #expect(table["input_prediction_2"]?[0] == .text("p"))
    #expect(table["input_probability_yes"]?[0] == .float(0.25))
  }

  @Test(arguments: [
    (#"{"status":7"#, nil, "unreadable-request"), (#"{"status":"new"}"#, "{", "unreadable-response"),
    (#"{"status":"new"}"#, #"{"prediction":[1]}"#, "unreadable-response"),
  ])
  func whatCannotBeReadOfARecordIsToldAndNotMerelyMissing(request: String, response: String?, fault: String) {
    let columns = LoggedColumns(StatusModel())
    var record = LogRecord.example
    record.request = Array(request.utf8)
    record.response = response.map { Array($0.utf8) }
    let known = LogTable(records: [record], columns: [LoggedModel(name: "m", version: "1"): columns]).table(last: 1)
    #expect(known["error"]?[0] == .text(fault))
    let unknown = LogTable(records: [record], columns: [:]).table(last: 1)
    #expect(unknown["error"]?[0] == .text("unknown-columns"))
  }
}

private struct StatusModel: ServedModel {
  let name = "m"
  let version = "1"
  let label: String? = "y"
  let inputs = [Field("status", .text)]
  let classes: [Cell] = []

  func score(_ rows: [[Cell]]) -> [ScoredRow] { [] }
}

/// A model of which inputs are called as its answers.
private struct NamesakeModel: ServedModel {
  let name = "m"
  let version = "1"
  let label: String? = "y"
  let inputs = [Field("prediction", .text), Field("probability_yes", .float), Field("input_prediction", .text)]
  let classes: [Cell] = [.text("yes")]

  func score(_ rows: [[Cell]]) -> [ScoredRow] { [] }
}

extension LogRecord {
  fileprivate static var example: LogRecord {
    LogRecord(
      at: 1_769_853_600_000_000, requestID: "r", client: "127.0.0.1", method: "POST", route: "/v1/predict", status: 200,
      model: "m", version: "1", latency: 5, rows: 1, request: Array("{}".utf8), response: nil, error: nil)
  }
}
