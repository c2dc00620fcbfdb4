import Glibc
import Kernels
import Learners
import Plan
import Testing

/// Designs that break learners that were written for the easy case.
enum HostileDesign: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case plain, manyRows, constantFeature, singleFeature, noFeature, duplicatedColumns, hugeValues, tinyValues
  case mixedMagnitudes, largestNumbers, oneRowPerClass, moreColumnsThanRows, missingCells, missingColumn, categories
  case onlyCategories, manyCategories, absentClass, perfectFeature

  var testDescription: String { rawValue }

  /// Whether the learner's needs rule such a design out.
  func isRuledOut(by needs: FeatureNeeds) -> Bool {
    switch self {
    case .missingCells, .missingColumn: !needs.takesMissing
    case .categories, .onlyCategories, .manyCategories: needs.categories != .codes
    default: false
    }
  }

  func design(_ task: LearningTask, missing: Bool) -> DesignMatrix {
    let rows =
      switch self {
      case .oneRowPerClass: task == .multiclass ? 3 : 2
      case .manyRows, .manyCategories: 3000
      case .moreColumnsThanRows: 12
      default: 90
      }
    var random = CounterRandom(seed: 11, stream: UInt64(rows))
    var columns = (0..<4).map { _ in (0..<rows).map { _ in random.nextNormal() } }
    let signal = (0..<rows).map { columns[0][$0] - 0.5 * columns[1][$0] + 0.3 * random.nextNormal() }
    var kinds = [DesignFeature.Kind](repeating: .number, count: 4)
    shape(&columns, &kinds, signal, &random)
    let features = columns.indices.map { DesignFeature(name: "x\($0)", column: "x\($0)", kind: kinds[$0]) }
    return DesignMatrix(features: features, columns: columns, target: target(task, signal))
  }

  private func shape(
    _ columns: inout [[Double]], _ kinds: inout [DesignFeature.Kind], _ signal: [Double], _ random: inout CounterRandom
  ) {
    let rows = signal.count
    func codes(_ count: Int) -> [Double] {
      signal.enumerated().map { row, value in row % 5 == 0 ? Double(row % count) : Double(Int(abs(value) * 37) % count)
      }
    }
    switch self {
    case .plain, .manyRows, .oneRowPerClass, .absentClass: break
    case .constantFeature: columns[1] = [Double](repeating: 0.1, count: rows)
    case .singleFeature: columns = [columns[0]]
    case .noFeature: columns = []
    case .duplicatedColumns: columns = [columns[0], columns[1], columns[0], columns[1]]
    case .hugeValues: columns = columns.map { $0.map { $0 * 1e300 } }
    case .tinyValues: columns = columns.map { $0.map { $0 * 1e-300 } }
    case .mixedMagnitudes: columns = [columns[0].map { $0 * 1e-200 }, columns[1].map { $0 * 1e150 + 1e153 }]
    case .largestNumbers:
      columns[2] = (0..<rows).map { $0 % 2 == 0 ? .greatestFiniteMagnitude : -.greatestFiniteMagnitude }
    case .moreColumnsThanRows: columns += (0..<40).map { _ in (0..<rows).map { _ in random.nextNormal() } }
    case .missingCells: for row in 0..<rows where row % 3 == 0 { columns[row % 4][row] = .nan }
    case .missingColumn: columns[0] = [Double](repeating: .nan, count: rows)
    case .categories:
      columns[1] = codes(5)
      columns[1][7] = -1
      columns[1][8] = .nan
      kinds[1] = .category(count: 5)
    case .onlyCategories:
      columns = [codes(3)]
      kinds = [.category(count: 3)]
    case .manyCategories:
      columns[1] = codes(700)
      kinds[1] = .category(count: 700)
    case .perfectFeature: columns[3] = signal
    }
    kinds = columns.indices.map { $0 < kinds.count ? kinds[$0] : .number }
  }

  private func target(_ task: LearningTask, _ signal: [Double]) -> LearningTarget {
    switch task {
    case .regression: return .numbers(signal.map { 3 * $0 + 10 })
    case .binary:
      if self == .oneRowPerClass { return .classes([0, 1], count: 2) }
      return .classes(signal.map { $0 > 0.4 ? 1 : 0 }, count: 2)
    case .multiclass:
      if self == .oneRowPerClass { return .classes([0, 1, 2], count: 3) }
      let codes = signal.map { Int32($0 > 0.6 ? 2 : $0 > -0.3 ? 1 : 0) }
      return .classes(codes, count: self == .absentClass ? 4 : 3)
    }
  }
}
