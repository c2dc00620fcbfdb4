import Kernels
import Plan
import Scoring
import Tables

/// Takes back what the mask `encrypt` made of columns. The cells are read as confidential at least from here on.
public struct Decrypt: TableTransform {
  public let columns: [String]
  public let key: MaskKey.Place

  public init(_ columns: [String], key: MaskKey.Place) {
    self.columns = columns
    self.key = key
  }

  public var words: String {
    "mask " + columns.map { "\($0) = decrypt" }.joined(separator: ", ") + ", key: \"\(key.text)\""
  }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    try schema.refuseFitted()
    var next = RelationSchema(
      name: schema.name,
      columns: schema.columns.map { ($0.name, schema.rawFacts($0.name, $0.facts.type, from: [$0.name])) },
      isOpen: schema.isOpen, rowCount: schema.rowCount)
    for name in columns {
      guard schema[name] != .absent else { throw EngineError(.column(.unknown(name, in: schema.name))) }
      var facts = next.facts(of: name) ?? schema.rawFacts(name, nil, from: [name])
      if let type = facts.type, type != .text {
        throw EngineError(.privacy(.wrongType(name, type, mask: "decrypt")))
      }
      facts.sensitivity = facts.sensitivity.bared
      next.set(name, facts)
    }
    next.unlisted = schema.unlisted
    next.missingWords = schema.missingWords
    next.label = schema.labelAtNewCut
    return next
  }

  public func apply(
    _ inputs: [Rows], _ executor: any Executor, _ progress: Progress
  ) throws(EngineError) -> Collected {
    let cipher: TextCipher
    do throws(MaskKeyProblem) { cipher = try TextCipher(key) } catch { throw EngineError(.privacy(.key(error))) }
    if case .whole(let table) = inputs[0] {
      return Collected(table: try decrypted(table, from: 0, cipher, progress), notes: [])
    }
    let rows = try executor.collect(progress) { keep throws(EngineError) in
      var first = 0
      try inputs[0].fold(nil, progress) { chunk throws(EngineError) in
        try keep(try decrypted(chunk, from: first, cipher, progress))
        first += chunk.rowCount
        return true
      }
    }
    return Collected(rows: rows, notes: [])
  }

  /// `first` is the place of the first row among all.
  private func decrypted(
    _ table: Table, from first: Int, _ cipher: TextCipher, _ progress: Progress
  ) throws(EngineError) -> Table {
    var next = table
    for name in columns {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      guard let column = table[name] else { throw EngineError(.column(.unknown(name))) }
      guard case .text(let cells) = column else {
        throw EngineError(.privacy(.wrongType(name, column.type, mask: "decrypt")))
      }
      var made: [String?] = []
      for row in 0..<cells.count {
        let text = cells[row].map(cipher.decrypted)
        if case .some(.none) = text { throw EngineError(.privacy(.notEncrypted(name, row: first + row + 1, key))) }
        made.append(text ?? nil)
      }
      next = next.with(name, .text(TextCells(made)))
    }
    return next
  }
}
