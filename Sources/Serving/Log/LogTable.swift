import Display
import Notation
import Tables

/// Spreads records over the columns of a table.
struct LogTable {
  private struct Line {
    let record: LogRecord
    /// The code of what of the record could not be read.
    var fault: String?
    var inputs: [String: Cell] = [:]
    var prediction = Cell.missing
    var probabilities: [String: Cell] = [:]
  }

  let records: [LogRecord]
  let columns: [LoggedModel: LoggedColumns]

  private static let own = ["request_id", "at", "route", "status", "latency_us", "error"]

  func table(last count: Int) -> Table {
    let lines = Array(records.flatMap(lines).suffix(count))
    var built: [(String, Column)] = [
      ("request_id", .from(lines.map { .text($0.record.requestID) }, type: .text)),
      ("at", .from(lines.map { .datetime($0.record.at) }, type: .datetime)),
      ("route", .from(lines.map { .text($0.record.route) }, type: .text)),
      ("status", .from(lines.map { .int(Int64($0.record.status)) }, type: .int)),
      ("latency_us", .from(lines.map { .int($0.record.latency) }, type: .int)),
      ("error", .from(lines.map { ($0.record.error ?? $0.fault).map(Cell.text) ?? .missing }, type: .text)),
    ]
    for (name, field) in zip(inputNames, inputFields) {
      let cells = lines.map { line in Self.fitted(line.inputs[field.name] ?? .missing, field.type) }
      built.append((name, .from(cells, type: field.type)))
    }
    let type = predictionType
    built.append((Self.prediction, .from(lines.map { Self.fitted($0.prediction, type) }, type: type)))
    for name in classes {
      let cells = lines.map { $0.probabilities[name] ?? .missing }
      built.append((Self.probability(name), .from(cells, type: .float)))
    }
    return Table(built, rowCount: lines.count)
  }

  private static let prediction = "prediction"

  private static func probability(_ name: String) -> String { "probability_\(name)" }

  /// What the inputs are called: the log's own columns and the answers keep their names, whatever inputs there are.
  private var inputNames: [String] {
    let inputs = inputFields.map(\.name)
    let fixed = Set(Self.own + [Self.prediction] + classes.map(Self.probability))
    var free = FreeNames(besides: fixed.union(inputs))
    return inputs.map { fixed.contains($0) ? free.take("input_" + $0) : $0 }
  }

  // MARK: What the columns are

  /// The columns of the models that the records name, in the order of the records.
  private var models: [LoggedColumns] {
    var seen: Set<LoggedModel> = []
    return records.compactMap { record in
      let model = LoggedModel(name: record.model, version: record.version)
      return seen.insert(model).inserted ? columns[model] : nil
    }
  }

  private var inputFields: [Field] {
    var fields: [Field] = []
    for field in models.flatMap(\.inputs) {
      guard let place = fields.firstIndex(where: { $0.name == field.name }) else {
        fields.append(field)
        continue
      }
      if fields[place].type != field.type { fields[place] = Field(field.name, .text) }
    }
    return fields
  }

  private var predictionType: ColumnType {
    let types = Set(models.map(\.predictionType))
    return types.count > 1 ? .text : types.first ?? .text
  }

  private var classes: [String] {
    var classes: [String] = []
    for name in models.flatMap(\.classes) where !classes.contains(name) { classes.append(name) }
    return classes
  }

  private static func fitted(_ cell: Cell, _ type: ColumnType) -> Cell {
    type == .text && cell != .missing && cell.type != .text ? .text(cell.description) : cell
  }

  // MARK: What the records hold

  private func lines(_ record: LogRecord) -> [Line] {
    guard record.rows > 0 else { return [Line(record: record)] }
    guard let columns = columns[LoggedModel(name: record.model, version: record.version)] else {
      return [Line(record: record, fault: "unknown-columns")]
    }
    var faults: [String] = []
    let inputs = Self.kept("unreadable-request", &faults) { () throws(RequestProblem) in
      try Self.inputs(record, columns)
    }
    let answers = Self.kept("unreadable-response", &faults) { () throws(JSONError) in try Self.answers(record) }
    return (0..<max(1, max(inputs.count, answers.count))).map { row in
      var line = Line(record: record, fault: faults.first)
      if row < inputs.count {
        line.inputs = Dictionary(
          zip(columns.inputs.map(\.name), inputs[row]), uniquingKeysWith: { first, _ in first })
      }
      if row < answers.count { Self.read(answers[row], columns, &line) }
      return line
    }
  }

  /// What can be read of a record; what cannot is a fault that its lines show, for empty cells would say that nothing was sent.
  private static func kept<Part, Failure>(
    _ fault: String, _ faults: inout [String], _ read: () throws(Failure) -> [Part]
  ) -> [Part] {
    do throws(Failure) {
      return try read()
    } catch {
      faults.append(fault)
      return []
    }
  }

  private static func inputs(_ record: LogRecord, _ columns: LoggedColumns) throws(RequestProblem) -> [[Cell]] {
    guard let bytes = record.request else { return [] }
    let schema = InputSchema(columns.inputs, label: columns.label)
    let bounds = RequestBounds(body: .max, rows: .max)
    // A masked body was written anew as a list of rows, whatever address it came to.
    // try? is safe: what is no tensor is read as rows below, and is a fault when it is none either.
    if record.route.hasSuffix("/infer"), let request = try? TensorBody.decode(bytes, schema, bounds) {
      return request.rows
    }
    return try RequestBody.decode(bytes, schema, bounds).rows
  }

  private static func answers(_ record: LogRecord) throws(JSONError) -> [JSONValue] {
    guard let bytes = record.response else { return [] }
    let value = try JSONValue(parsing: bytes, depth: 8, limit: .max)
    return value.elements ?? [value]
  }

  private static func read(_ answer: JSONValue, _ columns: LoggedColumns, _ line: inout Line) {
    if let prediction = answer["prediction"] {
      do throws(RequestProblem) {
        line.prediction = try CellReading.cell(prediction, Field("prediction", columns.predictionType))
      } catch {
        line.fault = line.fault ?? "unreadable-response"
      }
    }
    for member in answer["probabilities"]?.members ?? [] {
      line.probabilities[member.name] = member.value.double.map(Cell.float)
    }
  }
}
