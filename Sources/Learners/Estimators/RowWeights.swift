import Kernels
import Plan
import Tables

extension DesignMatrix {
  /// The rows that count, for learners that take weights: without those of weight zero. Throws `trainingFailed` for weights that are
  /// none.
  func counting() throws(EngineError) -> DesignMatrix {
    guard let target, let weights = target.weights else { return self }
    guard weights.count == rowCount, weights.allSatisfy({ $0 >= 0 }), weights.reduce(0, +).isFinite else {
      throw EngineError(.fitting(.badWeights))
    }
    guard weights.contains(0) else { return self }
    return at(RowList(ids: weights.indices.filter { weights[$0] > 0 }.map { Int32(truncatingIfNeeded: $0) }))
  }

  /// Each row as often as its weight says, for learners that count rows: the same as one row of that weight. Throws `trainingFailed`
  /// for weights that are none, `unsupported` for a weight that is no whole number, `tooLarge` for too many rows.
  func repeated<Learner: Estimator>(for learner: Learner.Type) throws(EngineError) -> DesignMatrix {
    let design = try counting()
    guard let weights = design.target?.weights else { return design }
    guard weights.allSatisfy({ $0 == $0.rounded() }) else {
      throw EngineError(.fitting(.fractionalWeights(learner: Learner.name)))
    }
    let count = weights.reduce(0, +)
    guard count < Double(Int32.max) else {
      throw EngineError(.fitting(.tooManyRows(Int(min(count, 1e15)), most: Int(Int32.max), learner: Learner.name)))
    }
    let rows = weights.indices.flatMap { repeatElement(Int32(truncatingIfNeeded: $0), count: Int(weights[$0])) }
    let target = design.target.map { LearningTarget($0.values) }
    return DesignMatrix(features: features, columns: design.columns, target: target).at(RowList(ids: rows))
  }

  private func at(_ rows: RowList) -> DesignMatrix {
    DesignMatrix(
      features: features, columns: columns.map { $0.take(rows) }, target: target?.at(rows), rowCount: rows.count)
  }
}

extension LearningTarget {
  fileprivate func at(_ rows: RowList) -> LearningTarget {
    let weights = weights.map { rows.gather($0) }
    switch values {
    case .numbers(let values): return LearningTarget(.numbers(rows.gather(values)), weights: weights)
    case .classes(let codes, let count):
      return LearningTarget(.classes(rows.gather(codes), count: count), weights: weights)
    }
  }
}
