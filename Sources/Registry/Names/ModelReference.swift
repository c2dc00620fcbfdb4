import Plan

/// A published model as a script names it: `churn` is the newest version, `churn@3` the third, `churn@champion` the one at an alias; with
/// `model:` before it or without.
public struct ModelReference: Sendable, Hashable {
  public enum Version: Sendable, Hashable {
    case newest
    case number(Int)
    case alias(String)
  }

  /// What stands before a reference where a path or an address could stand too.
  public static let scheme = "model"

  public let model: String
  public let version: Version

  /// Throws `badName` for what is no reference.
  public init(_ text: String) throws(EngineError) {
    let prefix = Self.scheme + ":"
    let parts = (text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text[...])
      .split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let name = parts.first else { throw EngineError(.registry(.badName(text, .reference))) }
    do throws(EngineError) {
      try RegistryName.check(name, .model)
      model = name
      version = parts.count > 1 ? try Self.version(parts[1]) : .newest
    } catch {
      throw EngineError(.registry(.badName(text, .reference)))
    }
  }

  private static func version(_ text: String) throws(EngineError) -> Version {
    if let number = Int(text), number > 0, String(number) == text { return .number(number) }
    try RegistryName.check(text, .alias)
    return .alias(text)
  }

  /// As it is written, without `model:`.
  public var words: String {
    switch version {
    case .newest: model
    case .number(let number): "\(model)@\(number)"
    case .alias(let alias): "\(model)@\(alias)"
    }
  }
}
