import Interpreter
import Kernels
import Notation
import Plan
import Tables

/// What tells the rows of a table apart in a file of answers: the cells of a column, or their numbers from 1 with a check of what the row
/// holds.
struct AnswerPlaces {
  private let key: String?
  /// Of each cell of the key column the row that it stands in.
  private let places: [String: Int]
  /// The columns that a check is made of, where rows are told by their number.
  private let checked: [String]

  /// `label` is no part of a check, nor is what was made of other columns: a row is the same one before a column is derived and after.
  /// Throws where a cell of the key column is missing, or stands there twice. O(rows).
  init(
    _ key: String?, label: String, _ schema: RelationSchema, _ rows: Rows, _ context: RunContext
  ) throws(EngineError) {
    self.key = key
    checked = schema.columns.filter { $0.name != label && $0.facts.origins == [$0.name] }.map(\.name).sorted()
    guard let key else {
      places = [:]
      return
    }
    guard let column = try rows.table([key], context.progress)[key] else { throw EngineError(.column(.unknown(key))) }
    var places: [String: Int] = [:]
    for row in 0..<column.count {
      let cell = column[row]
      guard cell != .missing, places.updateValue(row, forKey: cell.description) == nil else {
        throw EngineError(.label(.answers(.notUnique(column: key, cell))))
      }
    }
    self.places = places
  }

  /// The label of each row that has an answer. Throws where a row is another one than when it was answered.
  func labels(
    _ file: AnswerFile, in rows: Rows, _ context: RunContext
  ) throws(EngineError) -> [Int: Cell] {
    var labels: [Int: Cell] = [:]
    var claims: [(row: Int, answer: AnswerFile.Answer)] = []
    for answer in file.answers {
      guard let row = key == nil ? number(answer.key, of: rows.rowCount) : places[answer.key] else { continue }
      labels[row] = answer.label
      if answer.check != nil { claims.append((row, answer)) }
    }
    if claims.isEmpty { return labels }
    claims.sort { $0.row < $1.row }
    let found = checks(try rows.take(claims.map(\.row), context.progress))
    for (claim, check) in zip(claims, found) where claim.answer.check != check {
      throw EngineError(.label(.answers(.otherRow(key: claim.answer.key, file: file.name))))
    }
    return labels
  }

  /// What rows hold, where they are told by their number: 64 bits in hexadecimal digits.
  func checks(_ table: Table) -> [String?] {
    guard key == nil else { return [String?](repeating: nil, count: table.rowCount) }
    let hashes = RowHashes(checked.compactMap { table[$0] }, rows: RowList(0..<table.rowCount)).values
    return hashes.map { hash in
      let digits = String(hash, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
  }

  private func number(_ text: String, of count: Int) -> Int? {
    Int(text).flatMap { $0 >= 1 && $0 <= count ? $0 - 1 : nil }
  }

  /// What tells the rows of a table apart, which stand at `places` among all.
  func keys(_ table: Table, _ places: [Int]) -> [String] {
    guard let key, let column = table[key] else { return places.map { "\($0 + 1)" } }
    return (0..<column.count).map { column[$0].description }
  }
}

extension Rows {
  /// The rows at places in rising order. Others are passed over.
  func take(_ places: [Int], _ progress: Progress) throws(EngineError) -> Table {
    if case .whole(let table) = self { return table.take(places) }
    var builder = TableBuilder()
    var (first, next) = (0, 0)
    try fold(nil, progress) { chunk throws(EngineError) in
      var own: [Int] = []
      while next < places.count, places[next] < first + chunk.rowCount {
        own.append(places[next] - first)
        next += 1
      }
      builder.append(chunk.take(own))
      first += chunk.rowCount
      return next < places.count
    }
    return builder.finish(ScanReport(schema: Schema(columns.map(\.field)), rowCount: builder.rowCount))
  }
}
