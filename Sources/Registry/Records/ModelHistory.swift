import Plan

/// A version of a published model.
public struct PublishedVersion: Sendable, Equatable {
  /// From 1 on, without gaps.
  public let number: Int
  public let facts: VersionFacts
}

/// All that a registry knows of a model: its versions by their numbers, and every move of its aliases, in order.
public struct ModelHistory: Sendable, Equatable {
  public let model: String
  public let versions: [PublishedVersion]
  public let moves: [AliasMove]

  public var newest: PublishedVersion? { versions.last }

  /// The aliases and where they stand, by name.
  public var aliases: [(alias: String, version: Int)] {
    stands.compactMap { alias, versions in versions.last.map { (alias, $0) } }.sorted { $0.alias < $1.alias }
  }

  /// The aliases that stand at a version, by name.
  public func aliases(at number: Int) -> [String] { aliases.filter { $0.version == number }.map(\.alias) }

  /// For each alias the versions that it was promoted to and not rolled back from, the present one last. O(moves).
  private var stands: [String: [Int]] {
    var stands: [String: [Int]] = [:]
    for move in moves {
      switch move.kind {
      case .promoted: stands[move.alias, default: []].append(move.version)
      case .rolledBack: _ = stands[move.alias]?.popLast()
      }
    }
    return stands
  }

  /// The version that a reference means. Throws `noVersion` and `noAlias`.
  public func version(_ wanted: ModelReference.Version) throws(EngineError) -> PublishedVersion {
    switch wanted {
    case .newest: return try version(versions.last?.number ?? 0)
    case .number(let number): return try version(number)
    case .alias(let alias): return try version(place(of: alias))
    }
  }

  private func version(_ number: Int) throws(EngineError) -> PublishedVersion {
    guard let found = versions.first(where: { $0.number == number }) else {
      throw EngineError(.registry(.noVersion(model, number, newest: versions.last?.number ?? 0)))
    }
    return found
  }

  private func place(of alias: String) throws(EngineError) -> Int {
    let aliases = aliases
    guard let found = aliases.first(where: { $0.alias == alias }) else {
      throw EngineError(.registry(.noAlias(model, alias: alias, of: aliases.map(\.alias))))
    }
    return found.version
  }

  // MARK: Moves

  /// The move that puts an alias at a version; nil where it stands there.
  func promoting(_ number: Int, to alias: String) -> AliasMove? {
    let from = stands[alias]?.last
    if from == number { return nil }
    return AliasMove(alias: alias, kind: .promoted, version: number, from: from, moment: VersionFacts.now)
  }

  /// The move that puts an alias at a version as it is published; nil where it stands there, or at a later one: that was published, and
  /// the alias put there, while this one was on its way.
  func publishing(_ number: Int, as alias: String) -> AliasMove? {
    stands[alias]?.last.map { $0 > number } ?? false ? nil : promoting(number, to: alias)
  }

  /// The move that puts an alias back to the version before. Throws `noAlias` and `noEarlier`.
  func rollingBack(_ alias: String) throws(EngineError) -> AliasMove {
    let from = try place(of: alias)
    guard let before = stands[alias]?.dropLast().last else {
      throw EngineError(.registry(.noEarlier(model, alias: alias, version: from)))
    }
    return AliasMove(alias: alias, kind: .rolledBack, version: before, from: from, moment: VersionFacts.now)
  }
}
