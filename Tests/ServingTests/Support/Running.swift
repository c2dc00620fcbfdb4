import Glibc
import Plan

@testable import Serving

/// A service on a free port with a log of its own, in a folder that ends with the test.
final class Running {
  let service: Service
  let log: String
  let folder: String

  init(_ model: any ServedModel = ChurnModel(), _ change: (inout ServiceOptions) -> Void = { _ in }) throws {
    folder = try Running.folder()
    log = folder + "/requests.db"
    var options = ServiceOptions(port: 0, log: log)
    options.threads = 2
    change(&options)
    service = try Service.start(model, options)
  }

  deinit {
    service.stop(within: 1)
    Running.remove(folder)
  }

  static func folder() throws -> String {
    var template = Array("/tmp/serving-test.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw LogProblem.unavailable("/tmp", "mkdtemp") }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static func remove(_ folder: String) {
    for name in ["", "-wal", "-shm"] { unlink("\(folder)/requests.db\(name)") }
    rmdir(folder)
  }

  var client: Client { Client(port: service.port) }

  /// The records so far, oldest first.
  func records() throws -> [LogRecord] {
    try LogRow.last(.max, SQLiteConnection(log, isReadOnly: true, busy: 2))
  }

  /// The records once there are `count` of them, or those there are after two seconds.
  func records(count: Int) throws -> [LogRecord] {
    for _ in 0..<100 {
      let records = try records()
      if records.count >= count { return records }
      usleep(20_000)
    }
    return try records()
  }
}
