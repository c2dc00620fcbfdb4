/// Texts of columns as a sample of their source has them: for advice before anything is read. It is no part of what a relation is, so
/// relations that differ in it alone are equal.
public struct SampledTexts: Sendable, Hashable {
  private var texts: [String: [String]]

  public init(_ texts: [String: [String]] = [:]) { self.texts = texts }

  /// The texts of a column where most likely all of them are known; empty where they are not.
  public subscript(_ column: String) -> [String] { texts[column] ?? [] }

  /// What a step makes of a column is not known before it runs.
  public mutating func forget(_ column: String) { if !texts.isEmpty { texts[column] = nil } }

  mutating func rename(_ names: [String: String]) {
    if texts.isEmpty { return }
    texts = Dictionary(texts.map { (names[$0.key] ?? $0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  public static func == (left: SampledTexts, right: SampledTexts) -> Bool { true }

  public func hash(into hasher: inout Hasher) {}
}
