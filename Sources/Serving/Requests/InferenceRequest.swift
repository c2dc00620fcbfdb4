import Display
import Notation
import Tables

/// Rows to score, as a body asked for them.
public struct InferenceRequest: Sendable, Equatable {
  /// A cell per input column, of its type or missing.
  public var rows: [[Cell]]
  /// Remarks about the rows, one list a row; empty when there are none at all.
  public var notes: [[String]] = []
  /// A remark about the request as a whole.
  public var note: String?
  /// Whether one object was sent rather than a list: the answer then is one object too.
  public var isSingle = false
  /// The caller's own name for the request, given back with the answer.
  public var id: String?
  /// The outputs wanted, in order; nil for all.
  public var outputs: [InferenceOutput]?

  /// The remarks about one row; those about a single one are also about the request.
  public func notes(_ row: Int) -> [String] {
    (isSingle ? note.map { [$0] } ?? [] : []) + (notes.isEmpty ? [] : notes[row])
  }
}

/// What the inference protocol can be asked for.
public enum InferenceOutput: String, Sendable, CaseIterable {
  case prediction, probabilities
}

/// Bounds on what one request may hold.
public struct RequestBounds: Sendable, Equatable {
  /// Bytes of a body.
  public var body: Int
  public var rows: Int
  /// Nesting of the JSON.
  public var depth: Int

  public init(body: Int = 1 << 20, rows: Int = 10_000, depth: Int = 16) {
    self.body = body
    self.rows = rows
    self.depth = depth
  }

  func json(_ bytes: [UInt8]) throws(RequestProblem) -> JSONValue {
    guard !bytes.isEmpty else {
      throw RequestProblem("bad-json", "the body is empty", help: "send a JSON object with the columns of a row")
    }
    do throws(JSONError) {
      return try JSONValue(parsing: bytes, depth: depth, limit: body)
    } catch {
      throw RequestProblem("bad-json", "the body is not JSON: \(error.words)")
    }
  }

  func check(rows count: Int) throws(RequestProblem) {
    guard count <= rows else {
      throw RequestProblem(
        status: 413, "too-many-rows", "\(count) rows in one request, and at most \(rows) are taken",
        help: "send them in several requests")
    }
  }
}
