/// The weights of a linear operator over a layout: a score is its dense sum, its start, and of each one-hot run what its code adds, in
/// the order of the runs.
struct LinearWeights: Sendable {
  /// Score after score the weights of the dense places.
  let dense: [Double]
  /// The intercepts, with what the one-hot places that are off add.
  let starts: [Double]
  /// For each one-hot run, code after code, what being on adds to each score.
  let codes: [[Double]]

  init(_ weights: [[Double]], _ intercepts: [Double], _ layout: VectorLayout) {
    dense = weights.flatMap { layout.dense($0) }
    var starts = intercepts
    for run in layout.coded {
      guard let values = run.values else { continue }
      for score in weights.indices {
        var sum = 0.0
        for place in 0..<run.width { sum += weights[score][run.start + place] * values.off[place] }
        starts[score] += sum
      }
    }
    self.starts = starts
    codes = layout.coded.map { run in
      (0..<run.width).flatMap { place in
        weights.map { $0[run.start + place] * (run.values == nil ? 1 : run.on(place) - run.off(place)) }
      }
    }
  }
}
