import Descriptions
import Kernels
import Learners
import Plan
import Testing

/// One-hot columns as codes give what their places give as columns of zeros and ones.
@Suite struct OneHotLinearTests {
  /// Numbers, one-hot columns by their counts (a row in nine without a category), and a signal of both.
  static func draw(rows: Int, numbers: Int, counts: [Int], seed: UInt64)
    -> (numbers: [[Double]], codes: [[Int32]], signal: [Double])
  {
    var random = CounterRandom(seed: seed)
    let columns = (0..<numbers).map { _ in (0..<rows).map { _ in random.nextNormal() } }
    var signal = (0..<rows).map { row in columns.reduce(random.nextNormal()) { $0 + $1[row] } }
    let codes = counts.map { count -> [Int32] in
      let effects = (0..<count).map { _ in random.nextNormal() }
      return signal.indices.map { row in
        let draw = Int(random.nextUniform() * Double(count) * 9 / 8)
        if draw < count { signal[row] += effects[draw] }
        return draw < count ? Int32(draw) : DesignColumn.unseenCode
      }
    }
    return (columns, codes, signal)
  }

  static func design(_ drawn: ([[Double]], [[Int32]], [Double]), counts: [Int], _ target: LearningTarget, dense: Bool)
    -> DesignMatrix
  {
    var columns = drawn.0.enumerated().map { DesignColumn("x\($0)", numbers: $1) }
    var features = drawn.0.indices.map { DesignFeature(name: "x\($0)", column: "x\($0)", kind: .number) }
    for (index, (codes, count)) in zip(drawn.1, counts).enumerated() {
      for code in 0..<count {
        features.append(DesignFeature(name: "g\(index)=\(code)", column: "g\(index)", kind: .number))
        if dense { columns.append(DesignColumn("g", numbers: codes.map { $0 == Int32(code) ? 1 : 0 })) }
      }
      if !dense { columns.append(DesignColumn("g\(index)", .oneHot(count: count), codes: codes)) }
    }
    return DesignMatrix(features: features, columns: columns, target: target)
  }

  @Test(arguments: [[3], [40], [60, 7], [80, 30]], [0, 2.5])
  func leastSquaresOfCodes(counts: [Int], alpha: Double) throws {
    let drawn = Self.draw(rows: 700, numbers: 3, counts: counts, seed: 8)
    let fits = try [true, false].map { dense in
      try LinearRegression(options: Options(["alpha": .float(alpha)]), seed: 0).fit(
        Self.design(drawn, counts: counts, .numbers(drawn.signal), dense: dense), Progress())
    }
    #expect(LinearTests.isNear(fits[1].weights, fits[0].weights, 1e-9))
    #expect(LinearTests.isNear([fits[1].intercept], [fits[0].intercept], 1e-9))
    #expect(fits[0].notes == fits[1].notes)
  }

  @Test func categoriesOfEveryRowShareTheShortestWeights() throws {
    // Every row has a category, so that the places add up to the intercept's column; and one number is constant within categories.
    var drawn = Self.draw(rows: 600, numbers: 2, counts: [25], seed: 3)
    drawn.codes[0] = drawn.codes[0].map { max(0, $0) }
    drawn.numbers.append(drawn.codes[0].map { Double($0 % 4) })
    let fits = try [true, false].map { dense in
      try LinearRegression(options: Options(), seed: 0).fit(
        Self.design(drawn, counts: [25], .numbers(drawn.signal), dense: dense), Progress())
    }
    #expect(LinearTests.isNear(fits[1].weights, fits[0].weights, 1e-9))
    #expect(
      fits.map(\.notes).allSatisfy { $0 == ["26 of 28 features are independent; the shortest weights were taken"] })
  }

  @Test func severalWideColumnsOfLeastSquares() throws {
    // Too wide for a triangle: what is least is seen from the slopes, which are zero there.
    let counts = [900, 700]
    let drawn = Self.draw(rows: 6000, numbers: 2, counts: counts, seed: 5)
    let design = Self.design(drawn, counts: counts, .numbers(drawn.signal), dense: false)
    for alpha in [0, 1.5] {
      let model = try LinearRegression(options: Options(["alpha": .float(alpha)]), seed: 0).fit(design, Progress())
      let places = [0, 902]
      let left = (0..<6000).map { row -> Double in
        let numbers = model.weights[0] * drawn.numbers[0][row] + model.weights[1] * drawn.numbers[1][row]
        let categories = (0..<2).reduce(0) { sum, block in
          let code = Int(drawn.codes[block][row])
          return code < 0 ? sum : sum + model.weights[2 + (block == 0 ? 0 : 900) + code]
        }
        return drawn.signal[row] - numbers - categories - model.intercept
      }
      #expect(abs(left.reduce(0, +)) < 1e-7)
      let ofNumber = zip(left, drawn.numbers[0]).reduce(-alpha * model.weights[0]) { $0 + $1.0 * $1.1 }
      #expect(abs(ofNumber) < 1e-7)
      for (block, place) in zip(0..<2, places) {
        for code in [0, 17, counts[block] - 1] {
          let weight = model.weights[(block == 0 ? 2 : place) + code]
          let slope = left.indices.reduce(-alpha * weight) {
            drawn.codes[block][$1] == Int32(code) ? $0 + left[$1] : $0
          }
          #expect(abs(slope) < 1e-7)
        }
      }
    }
  }

  @Test(arguments: [[3], [40], [60, 7], [300, 250]], [2, 3])
  func logisticOfCodes(counts: [Int], classes: Int) throws {
    let drawn = Self.draw(rows: 900, numbers: 3, counts: counts, seed: 21)
    let codes = drawn.signal.map { Int32($0 < -0.5 ? 0 : $0 < 1.2 || classes == 2 ? 1 : 2) }
    let fits = try [true, false].map { dense in
      try LogisticRegression(options: Options(), seed: 0).fit(
        Self.design(drawn, counts: counts, .classes(codes, count: classes), dense: dense), Progress())
    }
    for (found, known) in zip(fits[1].weights, fits[0].weights) { #expect(LinearTests.isNear(found, known, 1e-6)) }
    #expect(LinearTests.isNear(fits[1].intercepts, fits[0].intercepts, 1e-6))
  }

  @Test func thirtyThousandCategoriesTrain() throws {
    let drawn = Self.draw(rows: 60_000, numbers: 1, counts: [30_000], seed: 2)
    let codes = drawn.signal.map { Int32($0 > 0 ? 1 : 0) }
    let model = try LogisticRegression(options: Options(), seed: 0).fit(
      Self.design(drawn, counts: [30_000], .classes(codes, count: 2), dense: false), Progress())
    #expect(model.weights[0].count == 30_001 && model.weights[0].allSatisfy(\.isFinite))
    let numbers = try LinearRegression(options: Options(), seed: 0).fit(
      Self.design(drawn, counts: [30_000], .numbers(drawn.signal), dense: false), Progress())
    #expect(abs(numbers.weights[0] - 1) < 0.03)
  }
}
