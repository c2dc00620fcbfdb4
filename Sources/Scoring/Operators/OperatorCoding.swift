import Expressions
import Tables

/// What the parameters of an operator are written with. Each value has one spelling.
public protocol OperatorWriter {
  mutating func byte(_ value: UInt8)
  mutating func bool(_ value: Bool)
  mutating func int(_ value: Int)
  /// Eight bytes.
  mutating func fixed(_ value: UInt64)
  mutating func double(_ value: Double)
  mutating func doubles(_ values: [Double])
  mutating func text(_ value: String)
  mutating func texts(_ values: [String])
  mutating func cell(_ cell: Cell)
  mutating func expression(_ expression: Expression)
  mutating func list<Element>(_ values: [Element], _ write: (inout Self, Element) -> Void)
  mutating func optional<Value>(_ value: Value?, _ write: (inout Self, Value) -> Void)
}

/// What the parameters of an operator are read with. They may come from anyone: each call gives its value or throws, and takes no
/// memory for what is not there.
public protocol OperatorReader {
  associatedtype Failure: Error

  /// Where the next value starts, for an error about it.
  var position: Int { get }
  /// A value that is none of those that can stand there.
  func badValue(_ what: String, at position: Int) -> Failure
  /// Values that do not go together.
  func inconsistent(_ what: String, at position: Int) -> Failure

  mutating func byte() throws(Failure) -> UInt8
  mutating func bool() throws(Failure) -> Bool
  mutating func int() throws(Failure) -> Int
  /// Eight bytes.
  mutating func fixed64() throws(Failure) -> UInt64
  mutating func double() throws(Failure) -> Double
  mutating func doubles() throws(Failure) -> [Double]
  mutating func text() throws(Failure) -> String
  mutating func texts() throws(Failure) -> [String]
  mutating func cell() throws(Failure) -> Cell
  mutating func expression() throws(Failure) -> Expression
  /// One of the words of a closed set.
  mutating func word<Word: RawRepresentable<String>>(_ type: Word.Type) throws(Failure) -> Word
  /// A list of things that take at least `each` bytes.
  mutating func list<Element>(
    each: Int, _ read: (inout Self) throws(Failure) -> Element
  ) throws(Failure) -> [Element]
  mutating func optional<Value>(_ read: (inout Self) throws(Failure) -> Value) throws(Failure) -> Value?
}
