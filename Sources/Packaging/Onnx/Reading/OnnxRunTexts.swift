import Expressions
import Plan

/// A LabelEncoder: words to numbers.
struct OnnxWords {
  private let numbers: [[UInt8]: Double]
  private let other: Double

  init(_ node: OnnxDocument.Node) throws(ExportFault) {
    let (keys, values) = (try node.tensor("keys_tensor").texts(), try node.tensor("values_tensor").doubles())
    guard keys.count == values.count, let other = try node.tensor("default_tensor").doubles().first else {
      throw node.fault("its lists do not fit each other")
    }
    numbers = Dictionary(zip(keys, values), uniquingKeysWith: { first, _ in first })
    self.other = other
  }

  func value(_ x: OnnxArray) throws(ExportFault) -> OnnxArray {
    try OnnxArray(.doubles(try x.texts().map { numbers[$0] ?? other }), shape: x.shape)
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
