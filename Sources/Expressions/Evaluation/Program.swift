import Notation
import Tables

/// Register code: an expression with every type decided, ready to run on any number of rows.
struct Program: Sendable {
  struct Step: Sendable {
    let instruction: Instruction
    let out: Register
  }

  struct Constant: Sendable {
    let register: Register
    /// Nil for missing.
    let cell: Cell
  }

  var kinds: [CellKind] = []
  var steps: [Step] = []
  var constants: [Constant] = []
  /// The register of each column, in the order of the expression's columns.
  var inputs: [Register] = []
  var output: Register = 0
  var patterns: [RegularExpression] = []
  var formats: [DateFormat] = []
  var numberReaders: [NumberReader] = []
  /// Sorted.
  var intLists: [[Int64]] = []
  var floatLists: [[Double]] = []
  var textLists: [TextSet] = []
}
