import Descriptions
import Kernels
import Learners
import Plan
import Testing

/// Designs on which linear learners have gone wrong.
@Suite struct LinearAnswerTests {
  static func normal(_ rows: Int, _ columns: Int, seed: UInt64) -> [[Double]] {
    var random = CounterRandom(seed: seed)
    return (0..<columns).map { _ in (0..<rows).map { _ in random.nextNormal() } }
  }

  @Test(arguments: [0.1, 3, -7.7e200, 1e-300], [0, 1, 1e6])
  func aConstantColumnTakesNoPart(constant: Double, alpha: Double) throws {
    let columns = Self.normal(400, 3, seed: 1)
    let signal = (0..<400).map { row -> Double in columns[0][row] - 2 * columns[1][row] + columns[2][row] * 0.5 }
    let options = Options(["alpha": .float(alpha)])
    func fit(_ columns: [[Double]]) throws -> FittedLinearRegression {
      try LinearRegression(options: options, seed: 0).fit(LinearTests.design(columns, .numbers(signal)), Progress())
    }
    let known = try fit(columns)
    let found = try fit([[Double](repeating: constant, count: 400)] + columns)
    #expect(found.weights[0] == 0)
    #expect(LinearTests.isNear(Array(found.weights.dropFirst()), known.weights, 1e-12))
    #expect(LinearTests.isNear([found.intercept], [known.intercept], 1e-12))
  }

  @Test(arguments: [1e-8, 1e-4, 1, 1e8]) func aPenaltyCountsInTheColumnsOwnUnits(unit: Double) throws {
    // One column in closed form: Σxy / (Σx² + α), of centred values.
    let values = Self.normal(300, 1, seed: 4)[0].map { $0 * unit }
    let mean = values.reduce(0, +) / 300
    let signal = values.indices.map { Double($0 % 7) + values[$0] / unit }
    let level = signal.reduce(0, +) / 300
    let design = LinearTests.design([values, Self.normal(300, 1, seed: 5)[0].map { _ in 0.1 }], .numbers(signal))
    let model = try LinearRegression(options: Options(["alpha": .float(2)]), seed: 0).fit(design, Progress())
    let product = zip(values, signal).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - level) }
    let known = product / values.reduce(2) { $0 + ($1 - mean) * ($1 - mean) }
    #expect(abs(model.weights[0] / known - 1) < 1e-12)
  }

  @Test func columnsOfFewOnesTrain() throws {
    // In most chunks of rows most of these columns are constant, so that orthogonalising leaves rounding of rounding.
    var random = CounterRandom(seed: 9)
    let rows = 6000
    let places = (0..<rows).map { _ in Int(random.nextUniform() * 4000) }
    let columns = (0..<150).map { place in places.map { $0 == place ? 1.0 : 0.0 } }
    let signal = places.map { Double($0 % 13) + random.nextNormal() }
    let model = try LinearRegression(options: Options(), seed: 0).fit(
      LinearTests.design(columns, .numbers(signal)), Progress())
    let others = places.indices.filter { places[$0] >= 150 }
    let level = others.reduce(0) { $0 + signal[$1] } / Double(others.count)
    for place in [0, 73, 149] {
      let own = places.indices.filter { places[$0] == place }
      let mean = own.reduce(0) { $0 + signal[$1] } / Double(max(own.count, 1))
      #expect(abs(model.weights[place] - (own.isEmpty ? 0 : mean - level)) < 1e-9)
    }
  }

  @Test(arguments: [70_000, 200_000]) func samplesOfManyRowsEndAtTheMinimumOfAll(rows: Int) throws {
    let columns = Self.normal(rows, 3, seed: 6)
    var random = CounterRandom(seed: 7)
    let codes = (0..<rows).map { row -> Int32 in
      let signal = columns[0][row] - columns[1][row] + 2 * random.nextNormal()
      return signal > 1 ? 1 : 0
    }
    let model = try LogisticRegression(options: Options(), seed: 0).fit(
      LinearTests.design(columns, .classes(codes, count: 2)), Progress())
    let scorer = try ReferenceScorer(model, features: 3)
    var slopes = model.weights[0] + [0]
    for row in 0..<rows {
      let values = columns.map { $0[row] }
      let rest = try scorer.score(values)[1] - Double(codes[row])
      for place in 0..<3 { slopes[place] += rest * values[place] }
      slopes[3] += rest
    }
    // The curvature of a row is about a tenth: weights are right to 1e-6.
    #expect(slopes.allSatisfy { abs($0) < Double(rows) * 1e-7 })
    #expect(model.notes.isEmpty)
  }

  @Test func manyClassesAndManyNumbersReachTheMinimum() throws {
    let columns = Self.normal(250, 180, seed: 12)
    let codes = (0..<250).map { Int32(columns[0][$0] > 0.5 ? 2 : columns[1][$0] > 0 ? 1 : 0) }
    let design = LinearTests.design(columns, .classes(codes, count: 3))
    let model = try LogisticRegression(options: Options(), seed: 0).fit(design, Progress())
    let chances = try ReferenceScorer(model, features: 180).score(design)
    for (score, place) in [(0, 0), (1, 1), (2, 0), (2, 179)] {
      var slope = model.weights[score][place]
      for row in 0..<250 {
        let own: Double = codes[row] == Int32(score) ? 1 : 0
        slope += (chances[row][score] - own) * columns[place][row]
      }
      #expect(abs(slope) < 1e-4)
    }
  }

  @Test func separationIsSaid() throws {
    func notes(_ columns: [[Double]], _ codes: [Int32]) throws -> [String] {
      try LogisticRegression(options: Options(["C": .float(1000)]), seed: 0).fit(
        LinearTests.design(columns, .classes(codes, count: 2)), Progress()
      ).notes
    }
    let columns = Self.normal(200, 190, seed: 3)
    let unrelated = (0..<200).map { Int32($0 % 2) }
    #expect(try notes([columns[0], columns[1]], unrelated).isEmpty)
    let above = columns[1].map { Int32($0 > 0.3 ? 1 : 0) }
    #expect(try notes([columns[0], columns[1]], above).first?.hasPrefix("the classes are separated by x1:") == true)
    #expect(try notes(columns, unrelated).first?.hasPrefix("the features together separate the classes:") == true)
    // A value above which all rows are of one class, and at which both occur.
    let border = columns[1].map { max(0, $0) }
    let quasi = border.indices.map { row -> Int32 in border[row] > 0 || row % 2 == 1 ? 1 : 0 }
    #expect(try notes([columns[0], border], quasi).first?.hasPrefix("the classes are separated by x1:") == true)
  }

  @Test func categoriesOfOneClassAreSaid() throws {
    let codes = (0..<400).map { Int32($0 % 4) }
    let classes = (0..<400).map { row -> Int32 in row % 4 == 2 || row / 4 % 2 == 1 ? 1 : 0 }
    let design = DesignMatrix(
      features: (0..<4).map { DesignFeature(name: "g=\($0)", column: "g", kind: .number) },
      columns: [DesignColumn("g", .oneHot(count: 4), codes: codes)], target: .classes(classes, count: 2))
    let model = try LogisticRegression(options: Options(), seed: 0).fit(design, Progress())
    #expect(model.notes.count == 1 && model.notes[0].hasPrefix("all rows of g=2 are of one class:"))
  }

  @Test func stoppingEarlySaysWhatToDo() throws {
    let options = Options(["max_iter": .int(1)])
    let model = try LogisticRegression(options: options, seed: 0).fit(
      LinearTests.design(.classes(LinearTests.two, count: 2)), Progress())
    #expect(model.notes.count == 1 && model.notes[0].contains("`max_iter`"))
  }

  enum Shape: String, CaseIterable, Sendable { case tall, wide, categories, severalCategories }

  static func design(_ shape: Shape, isNumeric: Bool) -> DesignMatrix {
    let (rows, numbers, counts): (Int, Int, [Int]) =
      switch shape {
      case .tall: (80_000, 4, [])
      case .wide: (300, 500, [])
      case .categories: (20_000, 3, [4000])
      case .severalCategories: (20_000, 2, [3000, 900])
      }
    let drawn = OneHotLinearTests.draw(rows: rows, numbers: numbers, counts: counts, seed: 30)
    let target: LearningTarget =
      isNumeric ? .numbers(drawn.signal) : .classes(drawn.signal.map { $0 > 0.4 ? 1 : 0 }, count: 2)
    return OneHotLinearTests.design(drawn, counts: counts, target, dense: false)
  }

  @Test(arguments: Shape.allCases) func cancelEndsAtOnce(shape: Shape) throws {
    for isNumeric in [false, true] {
      let design = Self.design(shape, isNumeric: isNumeric)
      let progress = Progress()
      progress.cancel()
      #expect(throws: EngineError.cancelled) {
        if isNumeric {
          _ = try LinearRegression(options: Options(), seed: 0).fit(design, progress)
        } else {
          _ = try LogisticRegression(options: Options(), seed: 0).fit(design, progress)
        }
      }
    }
  }
}

/// Serial, because the number of threads belongs to the process.
@Suite(.serialized) struct LinearThreadsTests {
  @Test(arguments: LinearAnswerTests.Shape.allCases) func threadsDoNotShow(shape: LinearAnswerTests.Shape) throws {
    defer { Threads.set(2) }
    let (numbers, classes) = (
      LinearAnswerTests.design(shape, isNumeric: true), LinearAnswerTests.design(shape, isNumeric: false)
    )
    var linear: Set<[UInt64]> = []
    var logistic: Set<[UInt64]> = []
    for threads in [1, 2, 3, 5] {
      Threads.set(threads)
      let first = try LinearRegression(options: Options(), seed: 0).fit(numbers, Progress())
      linear.insert((first.weights + [first.intercept]).map(\.bitPattern))
      let second = try LogisticRegression(options: Options(), seed: 0).fit(classes, Progress())
      logistic.insert((second.weights[0] + second.intercepts).map(\.bitPattern))
    }
    #expect(linear.count == 1 && logistic.count == 1)
  }
}
