import Plan

/// Computes what an ONNX file says, operator by operator as ONNX defines them: no code and no value is shared with what wrote the
/// file, so that a mistake of the writer shows.
struct OnnxRun {
  let document: OnnxDocument
  private let prepared: [OnnxPrepared]
  /// For each node the tensors that no later one reads.
  private let finished: [[String]]

  /// Throws where a node reads what nothing before it makes, or is none that the exports have.
  init(_ document: OnnxDocument) throws(ExportFault) {
    self.document = document
    var known = Set(document.constants.keys).union(document.inputs.map(\.name))
    var lastUse: [String: Int] = [:]
    var prepared: [OnnxPrepared] = []
    for (place, node) in document.nodes.enumerated() {
      if let absent = node.inputs.first(where: { !known.contains($0) }) {
        throw node.fault("nothing before it makes '\(absent)'")
      }
      do throws(ExportFault) { prepared.append(try OnnxPrepared(node)) } catch { throw error.at(node.step) }
      for name in node.inputs + node.outputs { lastUse[name] = place }
      known.formUnion(node.outputs)
    }
    if let absent = document.outputs.first(where: { !known.contains($0.name) }) {
      throw ExportFault(.unreadable("nothing makes the output '\(absent.name)'"))
    }
    self.prepared = prepared
    let places = Dictionary(grouping: lastUse.keys, by: { lastUse[$0] ?? 0 })
    finished = document.nodes.indices.map { places[$0] ?? [] }
  }

  /// The tensors named, for some values of the inputs.
  func tensors(_ wanted: Set<String>, for inputs: [String: OnnxArray]) throws(ExportFault) -> [String: OnnxArray] {
    var values = inputs
    for (place, node) in document.nodes.enumerated() {
      var arguments: [OnnxArray] = []
      for name in node.inputs {
        guard let value = values[name] ?? document.constants[name] else { throw node.fault("'\(name)' has no value") }
        arguments.append(value)
      }
      guard let output = node.outputs.first else { throw node.fault("it has no output") }
      do throws(ExportFault) {
        values[output] = try prepared[place].value(node, arguments)
      } catch {
        guard case .unreadable(let words) = error.reason else { throw error.at(node.step) }
        throw node.fault(words)
      }
      for name in finished[place] where !wanted.contains(name) { values[name] = nil }
    }
    var results: [String: OnnxArray] = [:]
    for name in wanted { results[name] = values[name] ?? document.constants[name] }
    return results
  }
}

/// What is made once of a node, however many rows it is asked for.
enum OnnxPrepared {
  case plain
  case words(OnnxWords)
  case trees(OnnxTreeTable)
  case pattern(OnnxPattern)

  init(_ node: OnnxDocument.Node) throws(ExportFault) {
    switch (node.domain, node.operation) {
    case ("ai.onnx.ml", "LabelEncoder"): self = .words(try OnnxWords(node))
    case ("ai.onnx.ml", "TreeEnsemble"): self = .trees(try OnnxTreeTable(node))
    case ("", "RegexFullMatch"): self = .pattern(try OnnxPattern(node))
    // any other operator has nothing to be made
    default: self = .plain
    }
  }

  func value(_ node: OnnxDocument.Node, _ x: [OnnxArray]) throws(ExportFault) -> OnnxArray {
    switch self {
    case .words(let words): return try words.value(try x.one())
    case .trees(let trees): return try trees.value(try x.one())
    case .pattern(let pattern): return try pattern.value(try x.one())
    case .plain:
      guard node.domain.isEmpty else { throw ExportFault(.unreadable("no operator of \(node.domain)")) }
      if let numbers = try node.number(x) { return numbers }
      if let truths = try node.truth(x) { return truths }
      return try node.arranged(x)
    }
  }
}

extension [OnnxArray] {
  func one() throws(ExportFault) -> OnnxArray {
    guard count == 1 else { throw ExportFault(.unreadable("\(count) inputs in place of one")) }
    return self[0]
  }

  func two() throws(ExportFault) -> (OnnxArray, OnnxArray) {
    guard count == 2 else { throw ExportFault(.unreadable("\(count) inputs in place of two")) }
    return (self[0], self[1])
  }
}
