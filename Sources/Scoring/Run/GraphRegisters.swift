import Expressions
import Tables

/// The memory of one thread for running a graph on up to `width` rows at a time.
final class GraphRegisters {
  let program: GraphProgram
  let width: Int
  let arena = TextArena()
  /// A block per node with a column, a vector per node with one; others have neither.
  private let columns: UnsafeMutablePointer<CellBlock>
  private let vectors: [UnsafeMutablePointer<Double>?]
  private let owned: [CellBlock]
  private let expressions: [Registers?]
  /// Cells that became missing in the last run because a computation had no value.
  private(set) var notANumber = 0

  init(_ program: GraphProgram, width: Int) {
    self.program = program
    self.width = width
    columns = .allocate(capacity: max(1, program.nodeCount))
    var vectors = [UnsafeMutablePointer<Double>?](repeating: nil, count: program.nodeCount)
    var expressions = [Registers?](repeating: nil, count: program.nodeCount)
    var owned: [CellBlock] = []
    for step in program.steps {
      switch step.output {
      case .column(let type):
        let block = CellBlock(kind: CellKind(type), width: width)
        owned.append(block)
        (columns + step.node).initialize(to: block)
      case .vector(let places):
        let vector = UnsafeMutablePointer<Double>.allocate(capacity: width * places + 1)
        vector.initialize(repeating: 0, count: width * places + 1)
        vectors[step.node] = vector
      }
      if case .expression(let compiled) = step.work {
        expressions[step.node] = compiled.makeRegisters(width: width, arena: arena)
      }
    }
    self.vectors = vectors
    self.expressions = expressions
    self.owned = owned
  }

  deinit {
    columns.deallocate()
    for block in owned { block.deallocate() }
    for vector in vectors { vector?.deallocate() }
  }

  /// The column of a node that the program runs.
  func column(_ node: Int) -> CellBlock { columns[node] }

  /// The vectors of a node that the program runs, row after row.
  func vector(_ node: Int) -> UnsafeMutablePointer<Double>? { vectors[node] }

  /// Runs the graph on the first `rows` cells that `load` puts in the blocks of the inputs.
  func run(_ rows: Int, _ load: (_ input: Int, _ block: inout CellBlock) -> Void) {
    arena.reset()
    notANumber = 0
    for step in program.steps {
      switch step.output {
      case .column: runColumn(step, rows, load)
      case .vector(let width): if let out = vectors[step.node] { runVector(step, rows, out, width) }
      }
    }
  }

  // MARK: Columns

  private func runColumn(
    _ step: GraphProgram.Step, _ rows: Int, _ load: (_ input: Int, _ block: inout CellBlock) -> Void
  ) {
    switch step.work {
    case .input(let place): load(place, &columns[step.node])
    case .expression: runExpression(step, rows)
    case .lookup(let words, let unseen): lookup(step, words, unseen, rows)
    case .decide(let classes, let threshold): decide(step, classes, threshold, rows)
    case .element(let place): element(step, place, rows)
    default: break
    }
  }

  private func runExpression(_ step: GraphProgram.Step, _ rows: Int) {
    guard let registers = expressions[step.node] else { return }
    for (place, input) in step.inputs.enumerated() { registers.bind(input: place, to: columns[input]) }
    registers.run(rows)
    let result = registers.output
    columns[step.node] = result
    if result.isClean { return }
    for row in 0..<rows where result.state[row] & 2 != 0 {
      // What had failed before it came here was counted there.
      let isNew = step.inputs.allSatisfy { columns[$0].isClean || columns[$0].state[row] & 2 == 0 }
      if isNew { notANumber += 1 }
    }
  }

  private func lookup(_ step: GraphProgram.Step, _ words: TextSet, _ unseen: Double, _ rows: Int) {
    let input = columns[step.inputs[0]]
    columns[step.node].isClean = input.isClean
    let out = columns[step.node]
    if !input.isClean { out.state.update(from: input.state, count: rows) }
    for row in 0..<rows {
      guard input.isValid(row) else {
        out.floats[row] = 0
        continue
      }
      out.floats[row] = words.place(of: input.texts[row]).map { Double($0) } ?? unseen
    }
  }

  private func decide(_ step: GraphProgram.Step, _ classes: ClassCells, _ threshold: Double?, _ rows: Int) {
    guard let x = vectors[step.inputs[0]] else { return }
    let places = classes.cells.count
    columns[step.node].isClean = true
    for row in 0..<rows {
      if let place = VectorOperators.decide(x + row * places, width: places, threshold: threshold) {
        classes.write(place, to: columns[step.node], row)
      } else {
        columns[step.node].setMissing(row, of: rows)
      }
    }
  }

  private func element(_ step: GraphProgram.Step, _ place: Int, _ rows: Int) {
    guard let x = vectors[step.inputs[0]], case .vector(let places) = program.outputs[step.inputs[0]] else { return }
    columns[step.node].isClean = true
    for row in 0..<rows {
      let value = x[row * places + place]
      columns[step.node].floats[row] = value.isFinite ? value : 0
      if value.isFinite { continue }
      columns[step.node].setMissing(row, of: rows)
      if value.isInfinite { notANumber += 1 }
    }
  }

  // MARK: Vectors

  private func runVector(_ step: GraphProgram.Step, _ rows: Int, _ out: UnsafeMutablePointer<Double>, _ places: Int) {
    switch step.work {
    case .concatenate: concatenate(step, rows, out, places)
    case .oneHot(let words, let missingPlace): oneHot(step, words, missingPlace, rows, out, places)
    case .constant(let values):
      for row in 0..<rows { for place in 0..<places { out[row * places + place] = values[place] } }
    default:
      guard let x = vectors[step.inputs[0]], case .vector(let width) = program.outputs[step.inputs[0]] else { return }
      runNumbers(step.work, x, width, rows, out)
    }
  }

  private func runNumbers(
    _ work: GraphProgram.Work, _ x: UnsafeMutablePointer<Double>, _ width: Int, _ rows: Int,
    _ out: UnsafeMutablePointer<Double>
  ) {
    switch work {
    case .fill(let values): VectorOperators.fill(x, values, rows, out)
    case .affine(let scale, let offset): VectorOperators.affine(x, scale, offset, rows, out)
    case .linear(let weights): VectorOperators.linear(x, width: width, weights, rows, out)
    case .trees(let trees): trees.score(x, rows: rows, into: out)
    case .link(let link): VectorOperators.link(link, x, width: width, rows, out)
    default: break
    }
  }

  private func concatenate(
    _ step: GraphProgram.Step, _ rows: Int, _ out: UnsafeMutablePointer<Double>, _ places: Int
  ) {
    var place = 0
    for input in step.inputs {
      switch program.outputs[input] {
      case .column(let type):
        VectorOperators.place(columns[input], type, rows, out + place, stride: places)
        place += 1
      case .vector(let width):
        if let vector = vectors[input] {
          VectorOperators.place(vector, width: width, rows, out + place, stride: places)
        }
        place += width
      }
    }
  }

  private func oneHot(
    _ step: GraphProgram.Step, _ words: TextSet, _ missingPlace: Int?, _ rows: Int, _ out: UnsafeMutablePointer<Double>,
    _ places: Int
  ) {
    let input = columns[step.inputs[0]]
    out.update(repeating: 0, count: rows * places)
    for row in 0..<rows {
      let place = input.isValid(row) ? words.place(of: input.texts[row]) : missingPlace
      if let place { out[row * places + place] = 1 }
    }
  }
}
