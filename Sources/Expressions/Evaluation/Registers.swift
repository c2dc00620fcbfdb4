import Glibc
import Tables

/// The register file of one thread with all memory that a program needs on up to `width` rows at a time.
package final class Registers {
  let program: Program
  package let width: Int
  let blocks: UnsafeMutablePointer<CellBlock>
  private let owned: [CellBlock]
  let arena: TextArena
  private let constantTexts = TextArena()
  private var madeRegex: RegexScratch?
  /// What there is to say of the rows so far, but for the results that have no value: their states tell them.
  package var counts = EvaluationCounts()

  /// Memory for matching, made when the first pattern runs.
  var regex: RegexScratch {
    if let madeRegex { return madeRegex }
    let made = RegexScratch()
    madeRegex = made
    return made
  }

  init(_ program: Program, width: Int, arena: TextArena = TextArena()) {
    self.program = program
    self.width = width
    self.arena = arena
    owned = program.kinds.map { CellBlock(kind: $0, width: width) }
    blocks = .allocate(capacity: max(1, owned.count))
    for (place, block) in owned.enumerated() { (blocks + place).initialize(to: block) }
    for constant in program.constants { fill(constant) }
  }

  deinit {
    blocks.deallocate()
    for block in owned { block.deallocate() }
  }

  private func fill(_ constant: Program.Constant) {
    let block = blocks[constant.register]
    switch constant.cell {
    case .missing:
      block.state.update(repeating: CellBlock.missing, count: width)
      blocks[constant.register].isClean = false
    case .bool(let value): block.bools.update(repeating: value ? 1 : 0, count: width)
    case .int(let value), .datetime(let value): block.ints.update(repeating: value, count: width)
    case .date(let value): block.ints.update(repeating: Int64(value), count: width)
    case .float(let value): block.floats.update(repeating: value, count: width)
    case .text(let value): block.texts.update(repeating: constantTexts.copy(value), count: width)
    case .vector: break
    }
  }

  /// Runs the program on the first `rows` cells of the inputs. Texts in the result stay until the arena is reset.
  package func run(_ rows: Int) {
    for step in program.steps { run(step.instruction, step.out, rows) }
  }

  /// Lets input `place` read another block of its kind, which must outlive the next run.
  package func bind(input place: Int, to block: CellBlock) { blocks[program.inputs[place]] = block }

  package func input(_ place: Int) -> UnsafeMutablePointer<CellBlock> { blocks + program.inputs[place] }

  package var output: CellBlock { blocks[program.output] }

  // MARK: States

  /// The result of `a` is missing where `a` is.
  @inline(__always)
  func follow(_ a: Register, _ out: Register, _ rows: Int) {
    if blocks[a].isClean {
      blocks[out].isClean = true
    } else {
      blocks[out].isClean = false
      blocks[out].state.update(from: blocks[a].state, count: rows)
    }
  }

  /// The result of `a` and `b` is missing where either is.
  @inline(__always)
  func follow(_ a: Register, _ b: Register, _ out: Register, _ rows: Int) {
    if blocks[b].isClean { return follow(a, out, rows) }
    if blocks[a].isClean { return follow(b, out, rows) }
    blocks[out].isClean = false
    let x = blocks[a].state
    let y = blocks[b].state
    let z = blocks[out].state
    for i in 0..<rows { z[i] = x[i] | y[i] }
  }

  func follow(_ a: Register, _ b: Register, _ c: Register, _ out: Register, _ rows: Int) {
    follow(a, b, out, rows)
    guard !blocks[c].isClean else { return }
    blocks[out].open(rows)
    let x = blocks[c].state
    let z = blocks[out].state
    for i in 0..<rows { z[i] |= x[i] }
  }

  /// The computation of a row had no value.
  func fail(_ out: Register, _ row: Int, _ rows: Int) { blocks[out].setMissing(row, of: rows, CellBlock.failed) }

  @inline(__always)
  func isValid(_ register: Register, _ row: Int) -> Bool { blocks[register].isValid(row) }
}
