import Kernels
import Tables

/// The parts of an expression that read one text column and nothing else. Where such a column is a dictionary, they are run once
/// for each word (and once for a missing cell) instead of once for each row.
struct WordParts: Sendable {
  private struct Part: Sendable {
    let column: String
    let type: ColumnType
    let program: Program
    /// What the rest calls it; no column of a script can have the name.
    let name: String
  }

  private let parts: [Part]
  private let fields: [Field]
  private let rest: Expression
  private let restProgram: Program
  private let restFields: [Field]

  /// Nil when there is no such part.
  init?(_ expression: Expression) throws(ExpressionError) {
    var found: [(name: String, expression: Expression)] = []
    rest = expression.extractingWordParts(&found)
    guard !found.isEmpty else { return nil }
    var parts: [Part] = []
    for (name, part) in found {
      let program = try Compiler.compile(part)
      parts.append(Part(column: part.columns[0], type: part.type, program: program, name: name))
    }
    self.parts = parts
    fields = expression.inputFields
    restProgram = try Compiler.compile(rest)
    restFields = rest.inputFields
  }

  /// The value of every row and what is to be said of them; nil where a column is no dictionary or has so many words that nothing is
  /// saved, or where it takes the rows to count what is to be said.
  func evaluate(_ columns: [Column], rowCount: Int, _ progress: Progress) throws(Cancelled) -> (
    column: Column, counts: EvaluationCounts
  )? {
    let given = Dictionary(zip(fields.map(\.name), columns), uniquingKeysWith: { first, _ in first })
    guard parts.allSatisfy({ Self.words(given[$0.column], rowCount) != nil }) else { return nil }
    var made: [String: Column] = given
    var failed = [UInt64](repeating: 0, count: (rowCount + 63) / 64)
    var counts = EvaluationCounts()
    for part in parts {
      guard let (cells, words) = Self.words(given[part.column], rowCount) else { return nil }
      let result = try run(part, cells, words, rowCount, progress)
      guard let said = result.said else { return nil }
      counts += said
      made[part.name] = result.column
      for word in failed.indices { failed[word] |= result.failed[word] }
    }
    // A failure inside a part shows as a plain missing in the rest, so only an expression that is one part knows its count; others
    // with failures run row by row.
    if case .column(let name, _) = rest, let whole = made[name] {
      counts.notANumber += failed.reduce(0) { $0 + $1.nonzeroBitCount }
      return (whole, counts)
    }
    guard failed.allSatisfy({ $0 == 0 }) else { return nil }
    let inputs = restFields.map { made[$0.name] ?? .missing($0.type, count: rowCount) }
    let result = try WideRun.run(restProgram, rest.type, inputs, restFields, rowCount, progress)
    return (result.column, counts + result.allCounts)
  }

  private static func words(_ column: Column?, _ rowCount: Int) -> (TextCells, [String])? {
    guard case .text(let cells) = column, case .dictionary(_, let words) = cells.storage, cells.count == rowCount,
      words.count < rowCount / 4
    else { return nil }
    return (cells, words)
  }

  private func run(_ part: Part, _ cells: TextCells, _ words: [String], _ rowCount: Int, _ progress: Progress)
    throws(Cancelled) -> (column: Column, failed: [UInt64], said: EvaluationCounts?)
  {
    let dictionary: [String?] = words + [nil]
    let field = Field(part.column, .text)
    let values = try WideRun.run(
      part.program, part.type, [.text(TextCells(dictionary))], [field], dictionary.count, progress)
    let places = Self.places(cells, words.count)
    let anyFailed = values.failed.contains { $0 != 0 }
    var failed = Bitmap(repeating: false, count: rowCount)
    if anyFailed {
      let wordFailed = Bitmap(words: values.failed, count: dictionary.count)
      for row in 0..<rowCount where wordFailed[places[row]] { failed[row] = true }
    }
    let column = Self.gather(values.column, places)
    return (column, failed.words, Self.counts(values.counts, of: column))
  }

  /// What is to be said of the rows where it is known of the words alone; nil where it is not: of digits that are lost, and of moments of
  /// which only some have an offset.
  private static func counts(_ words: EvaluationCounts, of column: Column) -> EvaluationCounts? {
    guard words.rounded == 0, words.moments.assumed == 0 else { return nil }
    guard words.moments.all > 0 else { return EvaluationCounts() }
    var counts = EvaluationCounts()
    counts.moments.all = column.count - column.missingCount
    if words.moments.withOffset > 0 { counts.moments.withOffset = counts.moments.all }
    return counts
  }

  /// The word of each row; the place past the words for a missing cell.
  private static func places(_ cells: TextCells, _ missing: Int) -> [Int] {
    guard case .dictionary(let codes, _) = cells.storage else { return [] }
    return codes.indices.map { row in
      let code = Int(codes[row])
      return cells.isValid(row) && (0..<missing).contains(code) ? code : missing
    }
  }

  /// The values of the words at the places; texts stay a dictionary.
  private static func gather(_ values: Column, _ places: [Int]) -> Column {
    guard case .text(let cells) = values else { return values.take(places) }
    let words = (0..<cells.count).map { cells[$0] ?? "" }
    let validity = cells.validity.map { valid in Bitmap(places.map { valid[$0] }) }
    return .text(TextCells(.dictionary(codes: places.map { Int32(clamping: $0) }, words: words), validity: validity))
  }
}

extension Expression {
  /// The expression with each of its largest calls over one text column replaced by a column of a new name.
  fileprivate func extractingWordParts(_ found: inout [(name: String, expression: Expression)]) -> Expression {
    guard case .call(let function, let arguments) = self else { return self }
    let fields = inputFields
    if fields.count == 1, fields[0].type == .text {
      let name = "\u{0}\(found.count)"
      found.append((name, self))
      return .column(name, type)
    }
    return fields.isEmpty ? self : .call(function, arguments.map { $0.extractingWordParts(&found) })
  }
}
