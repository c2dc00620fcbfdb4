import Caching
import Kernels
import Plan
import Synchronization
import Tables

/// The executor of a stage under a cache. While the stage runs for the first time it notes which rows are computed and how long that
/// takes; when it is run again only for its value, rows that were kept are not computed.
final class StageRows: Executor {
  /// Rows that were asked for while the stage ran.
  struct Asked: Sendable {
    let name: String
    let kept: CollectedRows
    /// nil for rows that were there already.
    let seconds: Double?
  }

  private let inner: any Executor
  private let cache: StageCache
  private let key: CacheKey
  private let isRestoring: Bool
  private let asked = Mutex<[Asked]>([])

  init(_ inner: any Executor, _ cache: StageCache, _ key: CacheKey, isRestoring: Bool) {
    self.inner = inner
    self.cache = cache
    self.key = key
    self.isRestoring = isRestoring
  }

  func rows(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Collected {
    let name = relation.identityWords
    if let rows = relation.kept.current {
      asked.withLock { $0.append(Asked(name: name, kept: relation.kept, seconds: nil)) }
      return rows
    }
    if isRestoring, let rows = try cache.rows(Self.key(key, name), progress) {
      let collected = Collected(rows: rows, notes: [])
      relation.kept.keep(collected)
      return collected
    }
    let start = ContinuousClock.now
    let rows = try inner.rows(relation, progress)
    asked.withLock {
      $0.append(Asked(name: name, kept: relation.kept, seconds: (ContinuousClock.now - start) / .seconds(1)))
    }
    return rows
  }

  func table(_ relation: Relation, columns: Set<String>?, _ progress: Progress) throws(EngineError) -> Tables.Table {
    try rows(relation, progress).rows.table(columns, progress)
  }

  func base(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Tables.Table {
    try inner.base(relation, progress)
  }

  func baseRows(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Rows {
    try inner.baseRows(relation, progress)
  }

  func collect(
    _ progress: Progress, _ make: (_ keep: (Tables.Table) throws(EngineError) -> Void) throws(EngineError) -> Void
  ) throws(EngineError) -> Rows {
    try inner.collect(progress, make)
  }

  static func key(_ stage: CacheKey, _ name: String) -> CacheKey {
    var parts = KeyParts("rows")
    parts.add("stage", stage)
    parts.add("relation", name)
    return parts.key
  }

  /// The rows that the stage computed, under their keys: those of which no other rows that it asked for have the same words.
  var computed: [(key: CacheKey, rows: Collected, seconds: Double)] {
    let all = asked.withLock { $0 }
    return all.compactMap { one in
      let isAmbiguous = all.contains { $0.name == one.name && $0.kept !== one.kept }
      guard let seconds = one.seconds, !isAmbiguous, let rows = one.kept.current else { return nil }
      return (Self.key(key, one.name), rows, seconds)
    }
  }
}

extension Relation {
  /// Tells the relations of one stage apart: a source's name and all that is done to its rows.
  fileprivate var identityWords: String {
    let steps = recipe.steps.map(\.key.text).joined(separator: "\n")
    switch origin {
    case .source(let source, let columns, _):
      return "source \(source.name)\n\(columns.map { $0.sorted().joined(separator: "\u{1F}") } ?? "")\n\(steps)"
    case .transformed(let before, let transform):
      let others = transform.others.map(\.identityWords).joined(separator: "\n")
      return "(\(before.identityWords))\n(\(others))\n\(transform.words)\n\(steps)"
    }
  }
}
