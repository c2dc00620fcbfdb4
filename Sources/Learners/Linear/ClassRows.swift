/// The class of each row among those that occur, and what each row counts.
struct ClassRows: Sendable {
  /// The place of each row's class among those that occur.
  let codes: [Int32]
  private let classWeights: [Double]
  private let weights: [Double]?

  /// `totalWeight` is what all rows count together; balanced, all classes count the same.
  init(_ classes: ClassTarget, totalWeight: Double, isBalanced: Bool) {
    let present = classes.present
    let share = totalWeight / Double(present.count)
    classWeights = present.map { isBalanced ? share / classes.sizes[$0] : 1 }
    weights = classes.weights
    if present.count == classes.count {
      codes = classes.codes
      return
    }
    var place = [Int32](repeating: 0, count: classes.count)
    for (index, code) in present.enumerated() { place[code] = Int32(index) }
    codes = classes.codes.map { place[Int($0)] }
  }

  /// Of each class that occurs, what each of its rows counts; nil where they differ.
  var shared: [Double]? { weights == nil ? classWeights : nil }

  /// The rows of a chunk, laid out for vectors.
  final class Chunk {
    /// The class as a number; one half for a row that only fills the chunk.
    let targets: UnsafeMutablePointer<Double>
    /// 0 for a row that only fills the chunk.
    let weights: UnsafeMutablePointer<Double>
    fileprivate let count: Int

    init(_ count: Int) {
      self.count = count
      targets = .lanes(count)
      weights = .lanes(count)
    }

    deinit {
      targets.deallocate()
      weights.deallocate()
    }
  }

  func read(_ rows: Range<Int>, into chunk: Chunk) {
    let (targets, weights) = (chunk.targets, chunk.weights)
    codes.withUnsafeBufferPointer { codes in
      classWeights.withUnsafeBufferPointer { classWeights in
        for place in 0..<rows.count {
          let code = codes[rows.lowerBound &+ place]
          targets[place] = Double(code)
          weights[place] = classWeights[Int(code)]
        }
      }
    }
    if let own = self.weights { for place in 0..<rows.count { weights[place] *= own[rows.lowerBound + place] } }
    for place in rows.count..<max(chunk.count, rows.count) { (targets[place], weights[place]) = (0.5, 0) }
  }
}
