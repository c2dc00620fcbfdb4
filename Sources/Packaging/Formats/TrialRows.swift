import Kernels
import Plan
import Scoring
import Tables

/// Rows that an export is tried on: rows of training where the model has them, else values that its graph tells apart; then rows with
/// each input missing, and rows with a text in each that no row had. Equal models give equal rows.
struct TrialRows {
  /// Rows at most.
  static let most = 512
  static let fewest = 48
  /// What no row of training had.
  static let unseen = "a text that no row had, ÿ値"

  let table: Table

  /// `count` rows, but for a model of many inputs fewer in the bounds.
  init(_ model: Model, count: Int = most) {
    let inputs = model.graph.inputs
    let count = max(Self.fewest, min(count, (1 << 20) / max(1, inputs.count)))
    let (each, isText) = (min(inputs.count, count / 4), inputs.contains { $0.type == .text })
    let plain = count - 2 - (isText ? 2 * each : each)
    let known = model.split.map { Self.trained($0, inputs, plain) } ?? Self.made(model.graph, plain)
    // Rows of a part are few, or none: they are taken over and over.
    let columns = zip(inputs, known).enumerated().map { place, item -> (String, Column) in
      let (field, cells) = item
      func base(_ row: Int) -> Cell { cells.isEmpty ? .missing : cells[row % cells.count] }
      func marked(_ mark: Cell) -> [Cell] { (0..<each).map { $0 == place % each ? mark : base($0 * 7) } }
      let unseen = field.type == .text ? Cell.text(Self.unseen) : base(0)
      let all = cells + marked(.missing) + (isText ? marked(unseen) : []) + [.missing, unseen]
      return (field.name, Column.from(all, type: field.type))
    }
    table = Table(columns)
  }

  /// Cells of training rows, at even distances.
  private static func trained(_ split: Split, _ inputs: [Field], _ count: Int) -> [[Cell]] {
    let rows = split.train
    let wanted = min(count, rows.count)
    let places = (0..<wanted).map { rows[$0 * rows.count / wanted] }
    return inputs.map { field in
      guard let column = split.raw[field.name] else { return [Cell](repeating: .missing, count: wanted) }
      return places.map { column[$0] }
    }
  }

  /// Cells of which the graph tells one from the other.
  private static func made(_ graph: Graph, _ count: Int) -> [[Cell]] {
    var numbers: [Double] = [0, 1, 0.5, -1.5, 2, 10, 37.25, 1000]
    var words: [Int: [String]] = [:]
    for node in graph.nodes {
      switch node.op {
      case .lookup(let op): words[node.inputs.first ?? -1, default: []] += op.words
      case .recode(let op): words[node.inputs.first ?? -1, default: []] += op.words
      case .oneHot(let op): words[node.inputs.first ?? -1, default: []] += op.words
      case .trees(let op): numbers += thresholds(op.ensemble)
      case .fill(let op): numbers += op.values.prefix(64).filter(\.isFinite)
      case .neighbours(let op): numbers += op.rows.prefix(64).filter(\.isFinite)
      case .chain(let op): numbers += op.start.prefix(64).filter(\.isFinite)
      case .input, .expression, .mask, .concatenate, .affine, .linear, .constant, .link, .decide, .element: continue
      }
    }
    var random = CounterRandom(seed: 1)
    return graph.nodes.enumerated().compactMap { place, node -> [Cell]? in
      guard case .input(let op) = node.op else { return nil }
      let own = words[place] ?? ["a", "text"]
      return (0..<count).map { _ in
        let number = numbers[random.next(below: numbers.count)]
        switch op.type {
        case .bool: return .bool(number > 0.5)
        case .int: return .int(Int64(number.rounded()))
        case .float: return .float(number)
        case .text: return .text(own.isEmpty ? unseen : own[random.next(below: own.count)])
        case .date: return .date(Int32(random.next(below: 25_000)))
        case .datetime: return .datetime(Int64(random.next(below: 25_000)) * 86_400_000_000)
        case .vector: return .missing
        }
      }
    }
  }

  /// Some of the thresholds, of a size that whole numbers are made of.
  private static func thresholds(_ ensemble: TreeEnsemble) -> [Double] {
    let all = ensemble.nodes.compactMap { node in
      if case .atMost(let value) = node.test, value.magnitude < 1e9 { value } else { nil }
    }
    return stride(from: 0, to: all.count, by: max(1, all.count / 64)).map { all[$0] }
  }
}
