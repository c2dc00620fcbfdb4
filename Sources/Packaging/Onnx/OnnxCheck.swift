import Display
import Kernels
import Notation
import Plan
import Scoring
import Tables

/// Holds an ONNX file against the scoring graph that it is of, by running what is read from its bytes on some rows.
struct OnnxCheck {
  static let tolerance = 1e-9
  /// Rows that are run at a time, so that what wide steps make stays small.
  private static let block = 64

  private let run: OnnxRun
  private let graph: Graph
  private let rows: Table

  /// Throws what is wrong with the bytes, or in which step the file and the graph differ, and by how much at most.
  static func check(_ bytes: [UInt8], _ graph: Graph, on rows: Table) throws(ExportFault) {
    let check = OnnxCheck(
      run: try OnnxRun(try OnnxDocument(bytes)), graph: graph, rows: Table(rows.names.map { ($0, held(rows, $0)) }))
    try check.ports()
    guard
      let worst = TrialDifference(
        try check.given(), TrialAnswers(try ModelTrial.scored(graph, check.rows)), of: graph, tolerance: tolerance)
    else { return }
    throw ExportFault(step: check.step(at: worst.row), worst.fault)
  }

  /// A column as the format holds it: no empty text, and whole numbers as doubles.
  private static func held(_ rows: Table, _ name: String) -> Column {
    guard let column = rows[name] else { return .missing(.float, count: rows.rowCount) }
    let cells = (0..<column.count).map { row -> Cell in
      switch column[row] {
      case .text(let text): text.isEmpty ? .missing : .text(text)
      case .int(let value): Int64(exactly: Double(value)).map(Cell.int) ?? .missing
      case .datetime(let value): Int64(exactly: Double(value)).map(Cell.datetime) ?? .missing
      case let cell: cell
      }
    }
    return .from(cells, type: column.type)
  }

  // MARK: Inputs and outputs

  private func ports() throws(ExportFault) {
    let document = run.document
    for port in document.inputs {
      guard let field = graph.inputs.first(where: { $0.name == port.name }) else {
        throw ExportFault(.unreadable("the input '\(port.name)' is none of the model's"))
      }
      guard port.type == (field.type == .text ? 8 : 11) else {
        throw ExportFault(.unreadable("the input '\(port.name)' is of element type \(port.type)"))
      }
    }
    let outputs = ["prediction"] + (graph.probabilities == nil ? [] : ["probabilities"])
    guard document.outputs.map(\.name) == outputs else {
      throw ExportFault(.unreadable("its outputs are \(document.outputs.map(\.name))"))
    }
    guard document.properties["classes"] == JSONValue.array(graph.classes.map { JSONValue($0) }).text else {
      throw ExportFault(.unreadable("its classes are not those of the model"))
    }
  }

  private func feeds(_ places: Range<Int>) throws(ExportFault) -> [String: OnnxArray] {
    var feeds: [String: OnnxArray] = [:]
    for port in run.document.inputs {
      guard let column = rows[port.name] else { continue }
      let values: OnnxArray.Values =
        column.type == .text
        ? .texts(places.map { Array(column[$0].description.utf8) }) : .doubles(places.map { column[$0].onnxNumber })
      feeds[port.name] = try OnnxArray(values, shape: [places.count, 1])
    }
    return feeds
  }

  private func given() throws(ExportFault) -> TrialAnswers {
    var answers = TrialAnswers(prediction: [], probabilities: [])
    let wanted = Set(run.document.outputs.map(\.name))
    for start in stride(from: 0, to: rows.rowCount, by: Self.block) {
      let places = start..<min(start + Self.block, rows.rowCount)
      let outputs = try run.tensors(wanted, for: try feeds(places))
      answers.prediction += try Self.cells(outputs["prediction"])
      if let chances = outputs["probabilities"] { answers.probabilities += try chances.doubles() }
    }
    return answers
  }

  private static func cells(_ array: OnnxArray?) throws(ExportFault) -> [Cell] {
    guard let array, array.shape.count == 1 else { throw ExportFault(.unreadable("the prediction is no list")) }
    switch array.values {
    case .doubles(let values): return values.map { $0.isNaN ? .missing : .float($0) }
    case .ints(let values): return values.map(Cell.int)
    case .texts(let texts): return texts.map { .text(String(decoding: $0, as: UTF8.self)) }
    case .bools(let truths): return truths.map(Cell.bool)
    case .bytes: throw ExportFault(.unreadable("the prediction is of bytes"))
    }
  }

  // MARK: The step at fault

  /// The words of the first step whose result for a row differs; those of the answer where none does.
  private func step(at row: Int) -> String {
    let answer = graph.nodes[graph.prediction].step
    // try? is safe: without the names no step can be told from another, and the difference is told all the same.
    guard let file = try? OnnxFile.lowered(graph) else { return answer }
    let places = graph.nodes.indices.filter { file.tensor(of: $0) != nil }
    let wanted = places.map(graph.port)
    // try? is safe: as above.
    guard let tensors = try? run.tensors(Set(places.compactMap(file.tensor)), for: feeds(row..<row + 1)) else {
      return answer
    }
    // try? is safe: as above.
    let made = try? GraphRun.evaluate(graph.nodes, wanted: wanted, on: rows.take([row]), Progress())
    guard let made else { return answer }
    for (place, value) in zip(places, made.outputs) {
      guard let tensor = file.tensor(of: place).flatMap({ tensors[$0] }) else { continue }
      if Self.differs(tensor, value) { return graph.nodes[place].step }
    }
    return answer
  }

  private static func differs(_ tensor: OnnxArray, _ value: PortValue) -> Bool {
    switch (tensor.values, value) {
    case (.texts(let texts), .column(let column)):
      return column[0] != .missing && texts.first.map { $0 != Array(column[0].description.utf8) } ?? true
    case (.doubles(let numbers), .column(let column)): return differ(numbers, [column[0].onnxNumber])
    case (.doubles(let numbers), .vector(let values, _)): return differ(numbers, values)
    case (.doubles(let numbers), .oneHot(let codes, let width)):
      return differ(numbers, (0..<width).map { codes.first == Int32(truncatingIfNeeded: $0) ? 1 : 0 })
    // any other pair is a class in place of its number
    default: return false
    }
  }

  private static func differ(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).contains { TrialDifference.size($0, $1) > tolerance }
  }
}
