import Tables

/// One line beside a result: how many rows were left out, what was assumed.
public struct Note: Sendable, Equatable {
  public enum Level: String, Sendable { case info, warning }

  public var level: Level
  /// One line without a final full stop.
  public var message: String

  public init(_ level: Level, _ message: String) {
    self.level = level
    self.message = message
  }

  public init(_ message: String) { self.init(.info, message) }
}

/// A named single value, for example `rows 1309`.
public struct Fact: Sendable, Equatable {
  public var name: String
  public var value: Cell
  /// What the value puts in words, where that is a list.
  public var items: [String]?

  public init(_ name: String, _ value: Cell, items: [String]? = nil) {
    self.name = name
    self.value = value
    self.items = items
  }

  public init(_ name: String, _ value: String) { self.init(name, .text(value)) }

  public init(_ name: String, _ value: Int) { self.init(name, .int(Int64(value))) }

  public init(_ name: String, _ value: Double) { self.init(name, .float(value)) }
}
