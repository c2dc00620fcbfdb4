import Scoring
import Tables

/// A place of the vector that a learner took.
public struct FeaturePlace: Sendable, Hashable {
  public enum Meaning: Sendable, Hashable {
    /// The number of the column, a date in days, a moment in seconds, false and true as 0 and 1.
    case number(ColumnType)
    /// The place of the column's text among these words.
    case category([String])
    /// 1 where the column has this value, 0 where not; nil stands for a missing cell.
    case indicator(String?)
    /// A place of a column that is a vector.
    case part(Int)
  }

  public let column: String
  public let meaning: Meaning
  /// What the learner took is the place times this, and `offset` more.
  public let scale: Double
  public let offset: Double

  /// Whether training put numbers of this column on one scale with others.
  public var isScaled: Bool { scale != 1 || offset != 0 }

  /// `age`, `sex=female`
  public var name: String {
    switch meaning {
    case .number, .category: column
    case .indicator(let value): "\(column)=\(value.map { ValueName.of($0) } ?? "missing")"
    case .part(let place): "\(column)[\(place)]"
    }
  }
}

/// How a model's answer comes about, as far as its graph tells: the operator that works on the feature vector, and the link after it.
struct AnswerReading {
  let node: Int
  let link: Link
  let places: [FeaturePlace]

  /// nil where the answer is no operator's on a vector of features whose columns are known.
  init?(_ graph: Graph) {
    let nodes = graph.nodes
    var place = graph.probabilities ?? nodes[graph.prediction].inputs.first
    var link = Link.identity
    if let own = place, case .link(let op) = nodes[own].op {
      link = op.link
      place = nodes[own].inputs.first
    }
    guard let node = place, let vector = nodes[node].inputs.first, nodes[node].inputs.count == 1,
      let places = Self.places(vector, nodes)
    else { return nil }
    self.node = node
    self.link = link
    self.places = places
  }

  /// Back through scaling and filling to where columns were put together.
  private static func places(_ last: Int, _ nodes: [Graph.Node]) -> [FeaturePlace]? {
    guard case .vector(let width) = nodes[last].output else { return nil }
    var scale = [Double](repeating: 1, count: width)
    var offset = [Double](repeating: 0, count: width)
    var place = last
    while true {
      switch nodes[place].op {
      case .affine(let op):
        for i in 0..<width {
          offset[i] += scale[i] * op.offset[i]
          scale[i] *= op.scale[i]
        }
      case .fill: break
      case .concatenate:
        guard case .features(let columns)? = nodes[place].role else { return nil }
        let meanings = zip(columns, nodes[place].inputs).flatMap { column, input in
          Self.meanings(of: nodes[input]).map { (column, $0) }
        }
        guard meanings.count == width else { return nil }
        return meanings.enumerated().map { i, found in
          FeaturePlace(column: found.0, meaning: found.1, scale: scale[i], offset: offset[i])
        }
      case .input, .chain, .constant, .decide, .element, .expression, .linear, .link, .lookup, .mask, .neighbours,
        .oneHot,
        .recode, .trees:
        return nil
      }
      guard let before = nodes[place].inputs.first else { return nil }
      place = before
    }
  }

  private static func meanings(of node: Graph.Node) -> [FeaturePlace.Meaning] {
    if case .oneHot(let op) = node.op {
      return op.words.map { .indicator($0) } + (op.missingPlace ? [.indicator(nil)] : [])
    }
    if case .lookup(let op) = node.op { return [.category(op.words)] }
    switch node.output {
    case .column(let type): return [.number(type)]
    case .vector(let width): return (0..<width).map { .part($0) }
    }
  }
}
