import Expressions
import Plan

/// A LabelEncoder: words to numbers, or to other words.
struct OnnxWords {
  private struct Table<Value> {
    let values: [[UInt8]: Value]
    let other: Value

    init(_ keys: [[UInt8]], _ values: [Value], _ others: [Value], _ node: OnnxDocument.Node) throws(ExportFault) {
      guard keys.count == values.count, let other = others.first else {
        throw node.fault("its lists do not fit each other")
      }
      self.values = Dictionary(zip(keys, values), uniquingKeysWith: { first, _ in first })
      self.other = other
    }

    subscript(_ word: [UInt8]) -> Value { values[word] ?? other }
  }

  private enum Tables {
    case numbers(Table<Double>)
    case texts(Table<[UInt8]>)
  }

  private let tables: Tables

  init(_ node: OnnxDocument.Node) throws(ExportFault) {
    let keys = try node.tensor("keys_tensor").texts()
    let (values, others) = (try node.tensor("values_tensor"), try node.tensor("default_tensor"))
    if case .texts(let texts) = values.values {
      tables = .texts(try Table(keys, texts, try others.texts(), node))
    } else {
      tables = .numbers(try Table(keys, try values.doubles(), try others.doubles(), node))
    }
  }

  func value(_ x: OnnxArray) throws(ExportFault) -> OnnxArray {
    let words = try x.texts()
    switch tables {
    case .numbers(let table): return try OnnxArray(.doubles(words.map { table[$0] }), shape: x.shape)
    case .texts(let table): return try OnnxArray(.texts(words.map { table[$0] }), shape: x.shape)
    }
  }
}

/// A RegexFullMatch: whether all of a text is of a pattern.
struct OnnxPattern {
  private let pattern: RegularExpression

  /// What the exports write of RE2 means the same to PCRE2.
  init(_ node: OnnxDocument.Node) throws(ExportFault) {
    let text = try node.text("pattern")
    do throws(ExpressionError) {
      pattern = try RegularExpression("\\A(?:\(text))\\z")
    } catch {
      throw node.fault("the pattern \(text.prefix(60)) is none")
    }
  }

  func value(_ x: OnnxArray) throws(ExportFault) -> OnnxArray {
    var truths: [Bool] = []
    for text in try x.texts() {
      guard let isFound = pattern.isFound(in: text) else {
        throw ExportFault(.unreadable("the pattern took too long"))
      }
      truths.append(isFound)
    }
    return try OnnxArray(.bools(truths), shape: x.shape)
  }
}
