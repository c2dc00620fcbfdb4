import Notation
import Tables

/// What the sample's cells of one column are like.
struct ColumnSample {
  var shapes: CellShape = []
  /// What cells of numbers and marks tell of dates.
  private(set) var dates = DateSample()
  /// Whether every text of the column is one of digits and the marks of numbers.
  private(set) var isOfDigits = true
  /// The shapes without the words that other tools write for a missing value.
  private var shapesOfRest: CellShape = []
  /// Such words, in the order in which they came.
  private var missingFound: [String] = []
  /// A whole number that a double does not hold, and a cell such as `12e45`.
  private var lossyExample: String?
  private var codeExample: String?
  private var count = 0
  /// Of each cell; two words that share one would only make the column look a little less varied.
  private var hashes: [UInt64] = []
  private var distinct: Set<UInt64> = []
  /// The texts so far, while they are few.
  private var words: [String] = []
  private static let fewWords = 200

  var isVaried: Bool { count >= 64 && Set(hashes).count * 10 > count * 9 }

  /// The texts of the column, where the sample most likely holds all of them: it is the whole file, or each came many times.
  func texts(isWhole: Bool) -> [String] {
    guard distinct.count <= Self.fewWords, isWhole || count >= 8 * distinct.count else { return [] }
    return words
  }

  mutating func add(_ cell: SampleCell, missing: [String]) {
    if cell.bytes.isEmpty { return }
    if !cell.isQuoted, missing.contains(where: { !$0.isEmpty && cell.trimmed == $0 }) { return }
    count += 1
    let hash = cell.hash
    hashes.append(hash)
    if distinct.count <= Self.fewWords, distinct.insert(hash).inserted, words.count < Self.fewWords {
      words.append(cell.text)
    }
    shapes.formUnion(cell.shape)
    dates.add(cell)
    if cell.shape == .text, isOfDigits { isOfDigits = NumberMarksHint.mayBeNumber(cell.bytes) }
    if cell.shape.contains(.lossy), lossyExample == nil { lossyExample = cell.trimmed }
    if cell.shape.contains(.code), codeExample == nil { codeExample = cell.trimmed }
    if cell.shape == .text, !cell.isQuoted, MissingWords.common.contains(cell.trimmed) {
      if !missingFound.contains(cell.trimmed) { missingFound.append(cell.trimmed) }
    } else {
      shapesOfRest.formUnion(cell.shape)
    }
  }

  /// What the column would be without words such as `NA`; nil where they change nothing.
  private var typeOfRest: ColumnType? {
    guard !missingFound.isEmpty, shapes.type == .text, let type = shapesOfRest.type, type != .text else { return nil }
    return type
  }

  /// Says which columns are text only because of words such as `NA`, and which words would have to be missing: all of them at once, so
  /// that one change of `missing` is enough.
  static func notes(_ columns: some Sequence<(Survey.SurveyedColumn, ColumnSample)>, _ missing: [String]) -> [String] {
    let found = columns.filter { !$0.0.isStated && $0.0.type == .text && $0.1.typeOfRest != nil }
    var words = missing
    for word in found.flatMap(\.1.missingFound) where !words.contains(word) { words.append(word) }
    let list = words.map { "\"\($0)\"" }.joined(separator: ", ")
    return found.map { column, sample in
      let guilty = sample.missingFound.map { "'\($0)'" }.joined(separator: ", ")
      let type = sample.typeOfRest?.rawValue ?? ""
      return "column '\(column.name)' is text because of \(guilty); `missing: [\(list)]` would read it as \(type)"
    } + columns.compactMap { column, sample in sample.noteOnDigits(column) }
  }

  /// Says why a column of numbers is text.
  private func noteOnDigits(_ column: Survey.SurveyedColumn) -> String? {
    guard !column.isStated, column.type == .text, !shapes.contains(.text) else { return nil }
    let asFloat = ScriptText.code("types: {\(ScriptText.key(column.name)): float}") + " reads it as float all the same"
    if shapes.contains([.lossy, .float]), let lossyExample {
      return
        "column '\(column.name)' is text because \(lossyExample) would lose digits beside its fractions; \(asFloat)"
    }
    if shapes.contains(.code), !shapes.contains(.float), let codeExample {
      return "column '\(column.name)' is text because '\(codeExample)' may be a code; \(asFloat)"
    }
    return nil
  }
}
