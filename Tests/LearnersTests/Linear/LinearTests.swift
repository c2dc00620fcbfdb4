import Descriptions
import Kernels
import Learners
import Plan
import Testing

/// Known answers from scikit-learn 1.9.1 (solvers run to their last digit).
@Suite struct LinearTests {
  static let columns: [[Double]] = [
    [
      2.041, -0.568, -2.02, 3.323, -0.281, -0.391, 0.958, 1.546, -0.183, -0.27, -0.886, 0.58, -2.828, -1.669, -0.445,
      -0.053, 0.194, -0.926, -0.215, -2.494, -1.639, 0.757, 0.71, -0.498,
    ],
    [
      -2.556, -0.453, -0.232, 0.226, -0.668, 0.482, -0.2, 0.545, 0.541, -0.244, -0.292, 0.092, 1.021, 0.276, -1.076,
      1.406, 1.112, 0.584, -0.783, 0.69, 0.061, -2.034, 1.156, 0.328,
    ],
    [
      20.9, -10.8, -43.25, -17.65, -52.75, -11.95, 1.2, -25.25, 96.75, 50.1, 44.15, 33.5, -48.0, 35.05, 1.3, 37.35,
      -10.299999999999999, 29.15, 11.450000000000001, 24.55, -48.199999999999996, -45.7, -107.89999999999999, -30.45,
    ],
  ]
  static let numbers: [Double] = [
    13.038, 1.662, -2.704, 3.582, -0.517, 0.439, 4.292, 0.072, 12.251, 8.604, 7.49, 7.315, -6.495, 3.964, 4.437, 3.47,
    0.625, 3.091, 5.198, 1.42, -3.469, 3.543, -10.017, -2.064,
  ]
  static let two: [Int32] = [0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0]
  static let three: [Int32] = [0, 1, 0, 1, 0, 1, 2, 0, 2, 2, 0, 2, 0, 1, 2, 2, 1, 1, 2, 1, 1, 1, 0, 0]
  static let mostlyOne: [Int32] = [0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 1, 1, 1]

  static func design(_ target: LearningTarget) -> DesignMatrix { design(columns, target) }

  static func design(_ columns: [[Double]], _ target: LearningTarget) -> DesignMatrix {
    DesignMatrix(
      features: columns.indices.map { DesignFeature(name: "x\($0)", column: "x\($0)", kind: .number) },
      columns: columns,
      target: target)
  }

  static func isNear(_ found: [Double], _ known: [Double], _ tolerance: Double) -> Bool {
    found.count == known.count && zip(found, known).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
  }

  @Test func leastSquaresEqualsTheClosedForm() throws {
    let model = try LinearRegression(options: Options(), seed: 0).fit(Self.design(.numbers(Self.numbers)), Progress())
    #expect(
      Self.isNear(
        model.weights + [model.intercept],
        [0.9490519914901181, -2.196043535043927, 0.10317530977819549, 2.960982894305305], 1e-10))
    #expect(model.notes.isEmpty)
  }

  @Test func ridgeEqualsScikitLearn() throws {
    let options = Options(["alpha": .float(2.5)])
    let model = try LinearRegression(options: options, seed: 0).fit(Self.design(.numbers(Self.numbers)), Progress())
    #expect(
      Self.isNear(
        model.weights + [model.intercept],
        [0.9414588124435409, -1.96327134454533, 0.10324656159379687, 2.959692419966659], 1e-10))
  }

  @Test func dependentColumnsShareTheShortestWeights() throws {
    let sum = zip(Self.columns[0], Self.columns[1]).map { $0 + $1 }
    let design = Self.design(Self.columns + [Self.columns[0], sum], .numbers(Self.numbers))
    let model = try LinearRegression(options: Options(), seed: 0).fit(design, Progress())
    #expect(
      Self.isNear(
        model.weights + [model.intercept],
        [
          0.8188295036048348, -1.5074365193243804, 0.1031753097781954, 0.8188295036048286, -0.6886070157195467,
          2.960982894305304,
        ], 1e-10))
    #expect(model.notes.count == 1)
  }

  @Test(arguments: [1e-290, 1e-100, 1, 1e100, 1e290])
  func theUnitOfAColumnScalesItsWeightOnly(unit: Double) throws {
    let columns = [Self.columns[0].map { $0 * unit }] + Self.columns.dropFirst()
    let model = try LinearRegression(options: Options(), seed: 0).fit(
      Self.design(columns, .numbers(Self.numbers)), Progress())
    #expect(
      Self.isNear(
        [model.weights[0] * unit] + model.weights.dropFirst() + [model.intercept],
        [0.9490519914901181, -2.196043535043927, 0.10317530977819549, 2.960982894305305], 1e-10))
  }

  @Test(arguments: [
    (1.0, [0.921069460143958, 0.6969251777762444, 0.06044103619393937, -0.5226677]),
    (0.05, [0.2154433098635235, 0.07390726127838476, 0.044605235740510625, -0.41765627]),
  ])
  func logisticEqualsScikitLearn(strength: Double, known: [Double]) throws {
    let options = Options(["C": .float(strength)])
    let model = try LogisticRegression(options: options, seed: 0).fit(
      Self.design(.classes(Self.two, count: 2)), Progress())
    #expect(Self.isNear(model.weights[0] + model.intercepts, known, 1e-6))
    #expect(model.notes.isEmpty)
  }

  @Test func balancedClassesEqualScikitLearn() throws {
    let options = Options(["class_weight": .word("balanced")])
    let model = try LogisticRegression(options: options, seed: 0).fit(
      Self.design(.classes(Self.mostlyOne, count: 2)), Progress())
    #expect(
      Self.isNear(
        model.weights[0] + model.intercepts, [0.617877620076584, 0.4422447827146515, 0.008098266625459817, 0.2329203],
        1e-6))
  }

  @Test func softmaxEqualsScikitLearn() throws {
    let model = try LogisticRegression(options: Options(), seed: 0).fit(
      Self.design(.classes(Self.three, count: 3)), Progress())
    let known: [[Double]] = [
      [-0.12624939480260128, -0.1506170980057851, -0.026659950810044367],
      [-0.12993195422267068, 0.1349572365297637, -0.007252691122078783],
      [0.25618134902527134, 0.01565986147602155, 0.03391264193211374],
    ]
    for (found, known) in zip(model.weights, known) { #expect(Self.isNear(found, known, 1e-6)) }
    #expect(Self.isNear(model.intercepts, [-0.04880141164427887, 0.42054809719904984, -0.3717466855550731], 1e-6))
  }

  @Test func manyWeightsReachTheMinimumOfFew() throws {
    // Enough columns that the curvature is not formed: at the minimum the slope of the penalised loss is zero.
    var random = CounterRandom(seed: 4)
    let columns = (0..<450).map { _ in (0..<300).map { _ in random.nextNormal() } }
    let codes = (0..<300).map { Int32(columns[0][$0] + columns[1][$0] + random.nextNormal() > 0 ? 1 : 0) }
    let model = try LogisticRegression(options: Options(), seed: 0).fit(
      Self.design(columns, .classes(codes, count: 2)), Progress())
    let scorer = try ReferenceScorer(model, features: 450)
    let chances = try scorer.score(Self.design(columns, .classes(codes, count: 2))).map { $0[1] }
    for place in [0, 1, 7, 449] {
      let slope = (0..<300).reduce(model.weights[0][place]) {
        $0 + (chances[$1] - Double(codes[$1])) * columns[place][$1]
      }
      #expect(abs(slope) < 1e-4)
    }
    #expect(!model.notes.contains { $0.contains("max_iter") })
  }

  @Test(arguments: [(150, 600), (600, 450), (40, 1000)], [0.01, 1, 100])
  func wideDesignsAreRightToSixDigits(shape: (rows: Int, columns: Int), strength: Double) throws {
    var random = CounterRandom(seed: 14)
    let columns = (0..<shape.columns).map { place in
      (0..<shape.rows).map { _ in random.nextNormal() * (place % 3 == 0 ? 3 : 1) }
    }
    let codes = (0..<shape.rows).map { Int32(columns[0][$0] + columns[1][$0] + random.nextNormal() > 0.5 ? 1 : 0) }
    let design = Self.design(columns, .classes(codes, count: 2))
    let model = try LogisticRegression(options: Options(["C": .float(strength)]), seed: 0).fit(design, Progress())
    let exact = try LogisticRegression(options: Options(["C": .float(strength), "tol": .float(1e-14)]), seed: 0).fit(
      design, Progress())
    let largest = exact.weights[0].reduce(0) { max($0, abs($1)) }
    #expect(zip(model.weights[0], exact.weights[0]).allSatisfy { abs($0 - $1) <= 1e-6 * largest })
    // What is exact is seen from the slopes, which are zero at the minimum.
    let chances = try ReferenceScorer(exact, features: shape.columns).score(design).map { $0[1] }
    for place in [0, 1, shape.columns - 1] {
      let slope = (0..<shape.rows).reduce(exact.weights[0][place] / strength) {
        $0 + (chances[$1] - Double(codes[$1])) * columns[place][$1]
      }
      #expect(abs(slope) < 1e-8 * Double(shape.rows))
    }
  }

  @Test func separableClassesWithoutAPenaltyEndAndSaySo() throws {
    let options = Options(["C": .float(1e300), "max_iter": .int(20)])
    let design = Self.design([[1, 2, 3, 4]], .classes([0, 0, 1, 1], count: 2))
    let model = try LogisticRegression(options: options, seed: 0).fit(design, Progress())
    #expect(model.weights[0][0] > 1 && model.weights[0][0].isFinite)
  }
}
