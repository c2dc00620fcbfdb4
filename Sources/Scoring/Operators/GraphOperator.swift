import Expressions
import Tables

/// One operator of the scoring graph. All that is known of it stands in its own file: its numbers, which inputs it takes, what it
/// gives, how it runs and how a package stores it. What other formats make of it is said by each of them, in `OperatorTarget`.
protocol GraphOperator: Sendable, Hashable {
  static var kind: OperatorKind { get }
  /// One line without a full stop, for the reference.
  static var summary: String { get }

  /// What it gives for inputs of these types; nil where it does not take them or where its own numbers disagree (a scale for
  /// each place, a class for each probability). Parameters from outside are held to their bounds here.
  func output(_ inputs: [PortType]) -> PortType?

  /// Makes a node that fits its inputs ready to run; those come before it and were made ready. A vector lies in memory as so many
  /// doubles unless the compiler is told of another layout. Nil for what the run itself fills: raw columns.
  func kernel(_ wiring: Wiring, _ compiler: inout GraphCompiler) throws(GraphError) -> (any OperatorKernel)?

  /// Writes the parameters, in the order in which `init(from:)` reads them.
  func write(to writer: inout some OperatorWriter)
  init<Reader: OperatorReader>(from reader: inout Reader) throws(Reader.Failure)
}

/// Where a node stands, and where what it takes comes from.
struct Wiring: Sendable {
  let node: Int
  /// The node of the first input; -1 where there is none.
  let input: Int
  let inputs: [Int]

  init(node: Int, inputs: [Int]) {
    self.node = node
    self.inputs = inputs
    input = inputs.first ?? -1
  }
}

/// A node made ready to run, which all threads share.
protocol OperatorKernel: AnyObject, Sendable {
  /// What runs it in one thread: on blocks of at most `width` rows, with texts in `arena`.
  func worker(width: Int, arena: TextArena) -> any OperatorWorker
}

/// A node in one thread, with the memory that it needs beside its output.
protocol OperatorWorker: AnyObject {
  /// Puts the node's output for the first `rows` rows in the registers, where those of its inputs are.
  func run(_ rows: Int, _ registers: GraphRegisters)
}

extension OperatorKernel where Self: OperatorWorker {
  /// What needs no memory of its own is run by all threads at once.
  func worker(width: Int, arena: TextArena) -> any OperatorWorker { self }
}

extension [PortType] {
  /// The width of what is one vector and no more; nil for all else.
  var vectorWidth: Int? {
    guard count == 1, case .vector(let width) = self[0] else { return nil }
    return width
  }
}
