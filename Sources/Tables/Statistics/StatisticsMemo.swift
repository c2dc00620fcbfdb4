import Synchronization

/// Statistics of some cells, each made by the first who asks while others that ask for the same one wait for it.
public final class StatisticsMemo: Sendable {
  /// Any hashable value; sendable, for only such are put in.
  private struct Key: Hashable, @unchecked Sendable {
    let key: AnyHashable
    let value: ObjectIdentifier
  }

  private final class Place<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }

  private struct Part {
    let rows: RowList
    let memo: StatisticsMemo
  }

  /// A cross-validation asks for some folds again and again; other rows are seldom asked for twice.
  private static let mostParts = 12

  private let places = Mutex<[Key: any Sendable]>([:])
  private let parts = Mutex<[Part]>([])

  /// What `make` gives, kept by a key and the type of the value; where it throws, nothing is kept.
  public func kept<Value: Sendable, Failure: Error>(
    _ key: some Hashable & Sendable, _ make: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let key = Key(key: AnyHashable(key), value: ObjectIdentifier(Value.self))
    let place = places.withLock { places -> Place<Value> in
      if let known = places[key] as? Place<Value> { return known }
      let new = Place<Value>()
      places[key] = new
      return new
    }
    return try place.value.withLock { value throws(Failure) -> Value in
      if let value { return value }
      let made = try make()
      value = made
      return made
    }
  }

  /// What is known of some of the cells; the latest parts are kept.
  func part(_ rows: RowList) -> StatisticsMemo {
    parts.withLock { parts in
      if let known = parts.last(where: { $0.rows == rows }) { return known.memo }
      let new = Part(rows: rows, memo: StatisticsMemo())
      parts = parts.suffix(Self.mostParts - 1) + [new]
      return new.memo
    }
  }
}
