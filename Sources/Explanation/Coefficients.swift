import Plan
import Scoring
import Tables

/// The weights of a model that adds up its features, read from its scoring graph.
public struct Coefficients: Sendable {
  public struct Term: Sendable, Equatable {
    public let feature: FeaturePlace
    /// What a step of 1 in the feature adds to each score.
    public let weights: [Double]
    /// What a step of one standard deviation adds; nil where training did not put the feature on a common scale.
    public let standardised: [Double]?

    /// What it is ranked by: the largest of its weights, on a common scale where there is one.
    public var size: Double { (standardised ?? weights).map(abs).max() ?? 0 }
  }

  /// Largest first; equal ones in the order of the features.
  public let terms: [Term]
  /// Each score where every feature is 0.
  public let intercepts: [Double]
  /// What each score is for: the positive class of two, each of more, nil for a number.
  public let classes: [Cell?]
  /// Whether e to the power of a weight is a ratio of odds: of two classes.
  public let areLogOdds: Bool

  /// nil where the model is no weighted sum of features. O(features × scores).
  public init?(_ graph: Graph) {
    guard let reading = AnswerReading(graph), case .linear(let op) = graph.nodes[reading.node].op else { return nil }
    let places = reading.places
    guard op.weights.allSatisfy({ $0.count == places.count }) else { return nil }
    let terms = places.indices.map { place in
      let weights = op.weights.map { $0[place] }
      return Term(
        feature: places[place], weights: weights.map { $0 * places[place].scale },
        standardised: places[place].isScaled ? weights : nil)
    }
    self.terms = terms.enumerated().sorted {
      $0.element.size == $1.element.size ? $0.offset < $1.offset : $0.element.size > $1.element.size
    }.map(\.element)
    intercepts = zip(op.weights, op.intercepts).map { weights, intercept in
      zip(weights, places).reduce(intercept) { $0 + $1.0 * $1.1.offset }
    }
    areLogOdds = reading.link == .sigmoid
    switch reading.link {
    case .sigmoid: classes = [graph.classes.last]
    case .softmax: classes = graph.classes
    case .identity, .exponential: classes = op.weights.map { _ in nil }
    }
    guard classes.count == op.weights.count else { return nil }
  }
}
