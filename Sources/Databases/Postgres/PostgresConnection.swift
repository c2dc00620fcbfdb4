import CPostgres
import Dispatch
import Glibc
import Kernels
import Tables

/// A connection to a server. One thread at a time may use it.
final class PostgresConnection: @unchecked Sendable {
  /// Milliseconds between two looks at whether the work goes on.
  private static let tick: Int32 = 50
  /// Seconds that a server is given to take a cancellation: Ctrl-C does not wait for a network that is gone.
  private static let cancelSeconds = 0.1

  private let handle: OpaquePointer
  /// What messages call what it is for.
  let shown: String

  /// Connects. Throws `place` with the reason, and `cancelled`.
  init(
    _ keywords: [(name: String, value: String)], seconds: Double, shown: String, _ progress: Progress
  ) throws(SourceError) {
    self.shown = shown
    guard mlp_pq_load() else {
      throw SourceError(source: shown, reason: .place(.noLibrary(MLP_PQ_FILE, package: MLP_PQ_PACKAGE)))
    }
    let made = Self.begun(keywords)
    guard let made else { throw SourceError(source: shown, reason: .place(.unreachable("there is no memory"))) }
    handle = made
    try connect(seconds, progress)
  }

  deinit { mlp_pq_finish(handle) }

  private static func begun(_ keywords: [(name: String, value: String)]) -> OpaquePointer? {
    var texts = (keywords.map(\.name) + keywords.map(\.value)).map { strdup($0) }
    defer { for text in texts { free(text) } }
    let count = keywords.count
    texts.insert(nil, at: count)
    texts.append(nil)
    return texts.withUnsafeBufferPointer { buffer -> OpaquePointer? in
      guard let base = buffer.baseAddress else { return nil }
      return base.withMemoryRebound(to: UnsafePointer<CChar>?.self, capacity: buffer.count) { pointers in
        mlp_pq_connect(pointers, pointers + count + 1)
      }
    }
  }

  private func connect(_ seconds: Double, _ progress: Progress) throws(SourceError) {
    progress.report(0, "connecting to \(shown)")
    // A keyword that there is not, or a host that nobody knows.
    if mlp_pq_status(handle) == 1 { throw SourceError(source: shown, reason: .place(.failed(words, code: nil))) }
    let end = Clock.seconds + seconds
    var hasAnswered = false
    var state = CInt(mlp_pq_polling_writing)
    while state != CInt(mlp_pq_polling_ok) {
      if state == CInt(mlp_pq_polling_failed) || mlp_pq_status(handle) == 1 {
        let words = words
        throw SourceError(source: shown, reason: .place(hasAnswered ? .refused(words) : .unreachable(words)))
      }
      hasAnswered = hasAnswered || mlp_pq_status(handle) >= CInt(mlp_pq_connection_awaiting_response)
      let isReading = state == CInt(mlp_pq_polling_reading)
      guard try wait(isReading ? POLLIN : POLLOUT, progress) else {
        if Clock.seconds < end { continue }
        throw SourceError(source: shown, reason: .place(.unreachable("no answer within \(Int(seconds)) seconds")))
      }
      state = mlp_pq_connect_poll(handle)
    }
  }

  /// Waits for the socket for a moment; whether it is ready. Throws `cancelled`.
  private func wait(_ events: Int32, _ progress: Progress) throws(SourceError) -> Bool {
    if progress.isCancelled { throw SourceError(source: shown, reason: .cancelled) }
    var place = pollfd(fd: mlp_pq_socket(handle), events: Int16(events), revents: 0)
    return poll(&place, 1, Self.tick) > 0
  }

  /// What libpq says of the last failure, on one line.
  private var words: String {
    mlp_pq_error(handle).map { Self.line(String(cString: $0)) } ?? ""
  }

  private static func line(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: Commands

  /// Runs one command, whose places `$1`, … are filled by texts. Throws `failed`, `lost` after so many `rows`, and `cancelled`, for which
  /// the server ends the command too.
  @discardableResult func run(
    _ command: String, _ progress: Progress, _ values: [String] = [], isBinary: Bool = false, rows: Int = 0
  ) throws(SourceError) -> PostgresResult {
    var texts: [UnsafeMutablePointer<CChar>?] = values.map { strdup($0) }
    defer { for text in texts { free(text) } }
    let isSent = texts.withUnsafeMutableBufferPointer { buffer -> Bool in
      guard let base = buffer.baseAddress, !values.isEmpty else {
        return mlp_pq_send(handle, command, 0, nil, isBinary)
      }
      return base.withMemoryRebound(to: UnsafePointer<CChar>?.self, capacity: buffer.count) {
        mlp_pq_send(handle, command, CInt(values.count), $0, isBinary)
      }
    }
    guard isSent else { throw SourceError(source: shown, reason: .place(.lost(words, rows: rows))) }
    return try answer(rows, progress)
  }

  /// What a query would give: its columns, without rows.
  func describe(_ query: String, _ progress: Progress) throws(SourceError) -> PostgresResult {
    guard mlp_pq_send_prepare(handle, query) else {
      throw SourceError(source: shown, reason: .place(.lost(words, rows: 0)))
    }
    _ = try answer(0, progress)
    guard mlp_pq_send_describe(handle) else {
      throw SourceError(source: shown, reason: .place(.lost(words, rows: 0)))
    }
    return try answer(0, progress)
  }

  /// Runs a command that not every server knows, within a transaction that goes on without it.
  func attempt(_ command: String, _ progress: Progress) throws(SourceError) {
    try run("savepoint mlp_attempt", progress)
    do throws(SourceError) { try run(command, progress) } catch {
      guard case .place(.failed) = error.reason else { throw error }
      try run("rollback to savepoint mlp_attempt", progress)
    }
  }

  private func answer(_ rows: Int, _ progress: Progress) throws(SourceError) -> PostgresResult {
    var last: PostgresResult?
    var failure: PostgresResult?
    while let result = try next(rows, progress) {
      if result.isGood { last = result } else { failure = failure ?? result }
    }
    if let failure { throw SourceError(source: shown, reason: reason(failure, rows, progress)) }
    guard let last else { throw SourceError(source: shown, reason: .place(.lost(words, rows: rows))) }
    return last
  }

  private func next(_ rows: Int, _ progress: Progress) throws(SourceError) -> PostgresResult? {
    while mlp_pq_is_busy(handle) {
      do throws(SourceError) {
        guard try wait(POLLIN, progress) else { continue }
      } catch {
        cancel()
        throw error
      }
      guard mlp_pq_consume(handle) else {
        throw SourceError(source: shown, reason: .place(.lost(words, rows: rows)))
      }
    }
    return mlp_pq_result(handle).map { PostgresResult($0) }
  }

  private func reason(_ failure: PostgresResult, _ rows: Int, _ progress: Progress) -> SourceError.Reason {
    if progress.isCancelled { return .cancelled }
    guard let code = failure.field("C"), mlp_pq_status(handle) == CInt(mlp_pq_connection_ok) else {
      return .place(.lost(failure.field("M").map(Self.line) ?? words, rows: rows))
    }
    let parts = [failure.field("M"), failure.field("D"), failure.field("H")].compactMap { $0.map(Self.line) }
    return .place(.failed(parts.joined(separator: "; "), code: code))
  }

  /// Asks the server to end what it does. The connection is of no use afterwards.
  private func cancel() {
    guard let cancel = mlp_pq_cancel_of(handle) else { return }
    // Only the closure uses it from here on.
    nonisolated(unsafe) let request = cancel
    let isDone = DispatchSemaphore(value: 0)
    DispatchQueue.global().async {
      mlp_pq_cancel(request)
      mlp_pq_free_cancel(request)
      isDone.signal()
    }
    _ = isDone.wait(timeout: .now() + Self.cancelSeconds)
  }
}

/// What a server answered.
final class PostgresResult {
  private let handle: OpaquePointer

  init(_ handle: OpaquePointer) { self.handle = handle }

  deinit { mlp_pq_clear(handle) }

  var isGood: Bool {
    let status = mlp_pq_result_status(handle)
    return status == CInt(mlp_pq_command_ok) || status == CInt(mlp_pq_tuples_ok)
  }

  /// A part of an error: `C` its code, `M` the message.
  func field(_ mark: Unicode.Scalar) -> String? {
    mlp_pq_result_field(handle, CInt(mark.value)).map { String(cString: $0) }
  }

  var rowCount: Int { Int(mlp_pq_row_count(handle)) }
  var columnCount: Int { Int(mlp_pq_column_count(handle)) }
  func name(_ column: Int) -> String { mlp_pq_column_name(handle, CInt(column)).map { String(cString: $0) } ?? "" }
  func type(_ column: Int) -> UInt32 { mlp_pq_column_type(handle, CInt(column)) }
  func modifier(_ column: Int) -> Int { Int(mlp_pq_column_modifier(handle, CInt(column))) }

  /// The bytes of a cell, which are there as long as the answer is; nil for one without a value.
  func bytes(_ row: Int, _ column: Int) -> UnsafeRawBufferPointer? {
    if mlp_pq_is_null(handle, CInt(row), CInt(column)) { return nil }
    guard let start = mlp_pq_value(handle, CInt(row), CInt(column)) else { return nil }
    return UnsafeRawBufferPointer(start: start, count: max(0, Int(mlp_pq_length(handle, CInt(row), CInt(column)))))
  }

  /// A cell as text; empty for one without a value.
  func text(_ row: Int, _ column: Int) -> String {
    bytes(row, column).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
