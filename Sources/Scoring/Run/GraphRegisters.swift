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
  private let places: [UnsafeMutablePointer<Int32>]
  /// One row of the widest vector that is needed whole.
  private let expanded: UnsafeMutablePointer<Double>
  private let workers: [any OperatorWorker]
  private let owned: [CellBlock]
  private let codes: [UnsafeMutablePointer<Int32>]
  /// What is to be said of the cells that the last run made.
  var counts = EvaluationCounts()

  init(_ program: GraphProgram, width: Int) {
    self.program = program
    self.width = width
    columns = .allocate(capacity: max(1, program.outputs.count))
    var owned: [CellBlock] = []
    var codes: [Int: UnsafeMutablePointer<Int32>] = [:]
    for (node, output) in program.outputs.enumerated() where program.isRun[node] {
      if case .column(let type) = output {
        let block = CellBlock(kind: CellKind(type), width: width)
        owned.append(block)
        (columns + node).initialize(to: block)
      }
      if program.layouts[node]?.isOneHot(by: node) == true { codes[node] = Self.codes(width) }
    }
    vectors = program.layouts.map { layout in layout.map { Self.rows($0, width, codes) } }
    places = (0..<program.wordLists).map { _ in Self.codes(width) }
    expanded = .allocate(capacity: program.expandedWidth + 1)
    workers = program.kernels.map { [arena] in $0.worker(width: width, arena: arena) }
    self.codes = Array(codes.values)
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
    counts = EvaluationCounts()
    for raw in program.loads { load(raw.input, &columns[raw.node]) }
    for worker in workers { worker.run(rows, self) }
  }

  // MARK: For operators

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

  /// All places of a row: where they lie, or gathered. For vectors that the compiler was told of by `whole`.
  func whole(_ row: Int, of node: Int, _ x: VectorRows) -> UnsafeMutablePointer<Double> {
    if x.codes.isEmpty { return x.dense + row * x.stride }
    write(row, of: node, to: expanded)
    return expanded
  }
}
