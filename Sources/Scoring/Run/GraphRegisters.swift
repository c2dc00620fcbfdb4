import Expressions
import Tables

/// The memory of one thread for running a graph on up to `width` rows at a time.
final class GraphRegisters {
  let program: GraphProgram
  let width: Int
  let arena = TextArena()
  /// A block per node with a column, rows of a vector per node with one; others have neither.
  let columns: UnsafeMutablePointer<CellBlock>
  let vectors: [VectorRows?]
  /// For each list of words the place of each row's text.
  let places: [UnsafeMutablePointer<Int32>]
  /// One row of the widest vector that is needed whole.
  let expanded: UnsafeMutablePointer<Double>
  let trees: [TreeScorer.Scratch?]
  private let owned: [CellBlock]
  private let codes: [UnsafeMutablePointer<Int32>]
  private let expressions: [Registers?]
  /// Cells that became missing in the last run because a computation had no value.
  var notANumber = 0

  init(_ program: GraphProgram, width: Int) {
    self.program = program
    self.width = width
    columns = .allocate(capacity: max(1, program.nodeCount))
    var expressions = [Registers?](repeating: nil, count: program.nodeCount)
    var trees = [TreeScorer.Scratch?](repeating: nil, count: program.nodeCount)
    var owned: [CellBlock] = []
    var codes: [Int: UnsafeMutablePointer<Int32>] = [:]
    for step in program.steps {
      if case .column(let type) = step.output {
        let block = CellBlock(kind: CellKind(type), width: width)
        owned.append(block)
        (columns + step.node).initialize(to: block)
      }
      switch step.work {
      case .expression(let compiled): expressions[step.node] = compiled.makeRegisters(width: width, arena: arena)
      case .trees(let scorer): trees[step.node] = TreeScorer.Scratch(scorer, rows: width)
      case .oneHot: codes[step.node] = Self.codes(width)
      default: break
      }
    }
    vectors = program.layouts.map { layout in layout.map { Self.rows($0, width, codes) } }
    places = (0..<program.wordLists).map { _ in Self.codes(width) }
    expanded = .allocate(capacity: program.expandedWidth + 1)
    self.codes = Array(codes.values)
    self.expressions = expressions
    self.trees = trees
    self.owned = owned
  }

  private static func codes(_ width: Int) -> UnsafeMutablePointer<Int32> {
    let codes = UnsafeMutablePointer<Int32>.allocate(capacity: width)
    codes.initialize(repeating: -1, count: width)
    return codes
  }

  /// Of a node's own are its doubles only: one-hot runs stay where the one-hot node put them.
  private static func rows(
    _ layout: VectorLayout, _ width: Int, _ codes: [Int: UnsafeMutablePointer<Int32>]
  ) -> VectorRows {
    let count = width * layout.denseWidth + 1
    let dense = UnsafeMutablePointer<Double>.allocate(capacity: count)
    dense.initialize(repeating: 0, count: count)
    return VectorRows(
      dense: dense, stride: layout.denseWidth, codes: layout.coded.compactMap { codes[$0.source] })
  }

  deinit {
    columns.deallocate()
    expanded.deallocate()
    for block in owned { block.deallocate() }
    for vector in vectors { vector?.dense.deallocate() }
    for codes in codes + places { codes.deallocate() }
  }

  /// The column of a node that the program runs.
  func column(_ node: Int) -> CellBlock { columns[node] }

  /// Writes all places of one row of a node's vector.
  func write(_ row: Int, of node: Int, to out: UnsafeMutablePointer<Double>) {
    guard let rows = vectors[node], let layout = program.layouts[node] else { return }
    layout.write(row, of: rows, to: out)
  }

  /// Runs the graph on the first `rows` cells that `load` puts in the blocks of the inputs.
  func run(_ rows: Int, _ load: (_ input: Int, _ block: inout CellBlock) -> Void) {
    arena.reset()
    notANumber = 0
    for step in program.steps {
      switch step.output {
      case .column: runColumn(step, rows, load)
      case .vector: runVector(step, rows)
      }
    }
  }

  private func runColumn(
    _ step: GraphProgram.Step, _ rows: Int, _ load: (_ input: Int, _ block: inout CellBlock) -> Void
  ) {
    switch step.work {
    case .input(let place): load(place, &columns[step.node])
    case .expression: runExpression(step, rows)
    case .lookup(let places, let unseen): lookup(step, places, unseen, rows)
    case .decide(let classes, let threshold): decide(step, classes, threshold, rows)
    case .element(let spot): element(step, spot, rows)
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

  /// The place of each row's text, found by the first node that asks.
  func found(_ places: WordPlaces, _ input: CellBlock, _ rows: Int) -> UnsafeMutablePointer<Int32> {
    let out = self.places[places.list]
    guard let words = places.words else { return out }
    for row in 0..<rows {
      if input.isValid(row) {
        out[row] = words.place(of: input.texts[row]).map { Int32(truncatingIfNeeded: $0) } ?? WordPlaces.unseen
      } else {
        out[row] = WordPlaces.missing
      }
    }
    return out
  }

  private func lookup(_ step: GraphProgram.Step, _ places: WordPlaces, _ unseen: Double, _ rows: Int) {
    let input = columns[step.inputs[0]]
    let found = found(places, input, rows)
    columns[step.node].isClean = input.isClean
    let out = columns[step.node]
    if !input.isClean { out.state.update(from: input.state, count: rows) }
    for row in 0..<rows {
      switch found[row] {
      case WordPlaces.missing: out.floats[row] = 0
      case WordPlaces.unseen: out.floats[row] = unseen
      default: out.floats[row] = Double(found[row])
      }
    }
  }

  private func decide(_ step: GraphProgram.Step, _ classes: ClassCells, _ threshold: Double?, _ rows: Int) {
    guard let x = vectors[step.inputs[0]] else { return }
    let places = classes.cells.count
    columns[step.node].isClean = true
    for row in 0..<rows {
      let values = whole(row, of: step.inputs[0], x)
      if let place = VectorOperators.decide(values, width: places, threshold: threshold) {
        classes.write(place, to: columns[step.node], row)
      } else {
        columns[step.node].setMissing(row, of: rows)
      }
    }
  }

  /// All places of a row: where they lie, or gathered.
  func whole(_ row: Int, of node: Int, _ x: VectorRows) -> UnsafeMutablePointer<Double> {
    if x.codes.isEmpty { return x.dense + row * x.stride }
    write(row, of: node, to: expanded)
    return expanded
  }

  private func element(_ step: GraphProgram.Step, _ spot: VectorLayout.Spot, _ rows: Int) {
    guard let x = vectors[step.inputs[0]], let layout = program.layouts[step.inputs[0]] else { return }
    columns[step.node].isClean = true
    for row in 0..<rows {
      let value = layout.value(spot, row, of: x)
      columns[step.node].floats[row] = value.isFinite ? value : 0
      if value.isFinite { continue }
      columns[step.node].setMissing(row, of: rows)
      if value.isInfinite { notANumber += 1 }
    }
  }
}
