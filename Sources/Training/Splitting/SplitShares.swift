import Plan

/// How much of the rows each part is to have.
public struct SplitShares: Sendable, Hashable {
  public let train: Double
  public let valid: Double
  public let test: Double

  /// Throws `badOption` unless the shares are from 0 to 1, add up to 1 and leave something to train on.
  public init(train: Double, valid: Double, test: Double) throws(EngineError) {
    for (name, share) in [("train", train), ("valid", valid), ("test", test)] where !(share >= 0 && share <= 1) {
      throw EngineError(.option(.outOfBounds(name, share, from: 0, to: 1)))
    }
    guard train > 0 else {
      throw EngineError(.option(.nothingToLearn("train")))
    }
    let sum = train + valid + test
    guard abs(sum - 1) < 1e-9 else {
      throw EngineError(.option(.shareSum(sum, train: max(0, 1 - valid - test))))
    }
    self.train = train
    self.valid = valid
    self.test = test
  }

  var all: [Double] { [train, valid, test] }
  static let names = ["train", "valid", "test"]
}

/// Row ids of the parts, each in rising order; no row is in two, and together they are all rows.
public struct SplitParts: Sendable, Equatable {
  public let train: [Int]
  public let valid: [Int]
  public let test: [Int]

  /// Parts that were drawn or given elsewhere.
  public init(train: [Int], valid: [Int], test: [Int]) {
    self.train = train
    self.valid = valid
    self.test = test
  }
}
