import Caching
import Kernels
import Plan
import Synchronization

/// A value of a session: at hand, or still in a cache until somebody asks for it.
final class HeldValue: Sendable {
  typealias Maker = @Sendable (Progress) throws(EngineError) -> Value

  let type: ValueType
  /// What it was made of; nil where that cannot be told.
  let key: CacheKey?
  /// Of a look.
  let figures: [Look.Figure]?
  private let known: String?
  private let state: Mutex<Value?>
  private let maker: Maker?

  init(_ value: Value, key: CacheKey?) {
    type = value.type
    self.key = key
    figures = if case .look(let look) = value { look.figures } else { nil }
    known = nil
    state = Mutex(value)
    maker = nil
  }

  /// `summary` is that of the value.
  init(_ type: ValueType, key: CacheKey?, figures: [Look.Figure]?, summary: String, _ maker: @escaping Maker) {
    self.type = type
    self.key = key
    self.figures = figures
    known = summary
    state = Mutex(nil)
    self.maker = maker
  }

  /// The value, if it is at hand.
  var current: Value? { state.withLock { $0 } }

  /// The value, restored where it is not at hand. Throws what making it again throws.
  func value(_ progress: Progress) throws(EngineError) -> Value {
    if let value = current { return value }
    guard let maker else { throw EngineError(.subject(.wrong(.table))) }
    let value = try maker(progress)
    state.withLock { $0 = value }
    return value
  }

  /// A name and a size, of what a look looked at.
  var summary: String { current?.subject.summary ?? known ?? "" }

  /// The same under a name: a table carries it.
  func named(_ name: String) -> HeldValue {
    guard case .table(var schema) = type else { return self }
    if case .table(let relation)? = current { return HeldValue(.table(relation.named(name)), key: namedKey(name)) }
    let size = schema.rowCount.map { "\($0)" } ?? "?"
    schema.name = name
    return HeldValue(
      .table(schema), key: namedKey(name), figures: nil, summary: "\(name) \(size)×\(schema.names.count)"
    ) { [self] progress throws(EngineError) in
      let value = try self.value(progress)
      return if case .table(let relation) = value { .table(relation.named(name)) } else { value }
    }
  }

  private func namedKey(_ name: String) -> CacheKey? {
    key.map { key in
      var parts = KeyParts("as")
      parts.add("value", key)
      parts.add("name", name)
      return parts.key
    }
  }
}
