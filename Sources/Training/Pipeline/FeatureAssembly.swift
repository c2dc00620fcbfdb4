import Expressions
import Kernels
import Learners
import Plan
import Scoring
import Tables

/// The feature vector that a learner needs, put together from the columns that the recorded steps left.
///
/// Text becomes codes or one-hot places, numbers stay, missing places are filled and numbers standardised where the learner asks for
/// it. All of it is lowered into the graph; nothing is computed beside it.
struct FeatureAssembly {
  /// More categories than this are not kept apart: the rarer ones count as unseen.
  static let categoryLimit = 254
  /// Text with more different values than this share of the rows tells rows apart and is left out.
  static let distinctShare = 0.5

  let features: [DesignFeature]
  let vector: VectorPort
  var scope: LoweringScope
  let notes: [String]

  /// `fitted` are the rows after the recorded steps; `label` is left out. Throws `trainingFailed` when no feature is left.
  init(_ fitted: FittedRecipe, label: String, needs: FeatureNeeds) throws(EngineError) {
    var builder = Builder(scope: fitted.scope, needs: needs)
    for (name, column) in zip(fitted.rows.names, fitted.rows.columns) where name != label {
      do {
        try builder.add(name, column)
      } catch {
        throw EngineError(error, format: "the model")
      }
    }
    builder.scope.builder.step = "features"
    features = builder.features
    vector = builder.scope.builder.concatenate(builder.ports)
    scope = builder.scope
    notes = builder.notes
  }

  /// The design that the learner sees: the graph run on the raw rows, column by column.
  func columns(of raw: Table, _ progress: Progress) throws(EngineError) -> [[Double]] {
    guard !features.isEmpty else { return [] }
    let nodes = scope.builder.nodes
    let wanted = Port.vector(vector)
    let run = try EngineError.checking { () throws(Cancelled) in
      try GraphRun.evaluate(nodes, wanted: [wanted], on: raw, progress)
    }
    guard case .vector(let values, let width)? = run.outputs.first else { return [] }
    return (0..<width).map { place in
      stride(from: place, to: values.count, by: width).map { values[$0] }
    }
  }

  private struct Builder {
    var scope: LoweringScope
    let needs: FeatureNeeds
    var ports: [Port] = []
    var features: [DesignFeature] = []
    var notes: [String] = []

    mutating func add(_ name: String, _ column: Column) throws(Unsupported) {
      scope.builder.step = "feature \(name)"
      switch column {
      case .vector(let cells):
        ports.append(try scope.port(name))
        features += cells.names.map { DesignFeature(name: "\(name)=\($0)", column: name, kind: .number) }
      case .text(let cells):
        try addText(name, cells)
      case .bool, .int, .float, .date, .datetime:
        if column.missingCount == column.count {
          notes.append("\(name) has no value in the training rows and is left out")
          return
        }
        ports.append(try scope.port(name))
        features.append(DesignFeature(name: name, column: name, kind: .number))
      }
    }

    private mutating func addText(_ name: String, _ cells: TextCells) throws(Unsupported) {
      let words = categories(name, cells)
      guard !words.isEmpty else { return }
      let port = try scope.column(name)
      try scope.flagUnseen(name, words: words)
      scope.builder.step = "feature \(name)"
      switch needs.categories {
      case .codes:
        ports.append(.column(scope.builder.lookup(port, words: words)))
        features.append(DesignFeature(name: name, column: name, kind: .category(count: words.count)))
      case .oneHot:
        let missing = cells.missingCount > 0
        ports.append(.vector(scope.builder.oneHot(port, words: words, missingPlace: missing)))
        let places = words + (missing ? ["missing"] : [])
        features += places.map { DesignFeature(name: "\(name)=\($0)", column: name, kind: .number) }
      }
    }

    /// The categories to keep, in the order of their code points; none when the text tells rows apart instead of grouping them.
    private mutating func categories(_ name: String, _ cells: TextCells) -> [String] {
      let (codes, words) = cells.encoded()
      var counts = [Int](repeating: 0, count: words.count)
      for code in codes where code >= 0 { counts[Int(code)] += 1 }
      let valid = cells.count - cells.missingCount
      if words.count > 20, Double(words.count) > FeatureAssembly.distinctShare * Double(valid) {
        notes.append(
          "\(name) is left out: \(words.count) different texts in \(valid) rows; `encode` it or derive a feature from it to use it"
        )
        return []
      }
      var kept = Array(words.indices)
      if kept.count > FeatureAssembly.categoryLimit {
        kept.sort { (counts[$1], words[$0]) < (counts[$0], words[$1]) }
        notes.append(
          "\(name): the \(FeatureAssembly.categoryLimit) most frequent of \(words.count) categories are told apart, the others count as unseen"
        )
        kept = Array(kept.prefix(FeatureAssembly.categoryLimit))
      }
      return kept.map { words[$0] }.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    }
  }
}

/// The fill and the standardisation that a learner asked for, settled on the training rows.
struct FeatureScaling {
  /// Median per place; 0 where no row had a value.
  private(set) var fill: [Double]?
  private(set) var centre: [Double] = []
  private(set) var spread: [Double] = []
  private(set) var additions: [String] = []

  init(_ columns: inout [[Double]], features: [DesignFeature], needs: FeatureNeeds) {
    if !needs.takesMissing { imputeMedians(&columns, features) }
    if needs.scales { standardise(&columns) }
  }

  private mutating func imputeMedians(_ columns: inout [[Double]], _ features: [DesignFeature]) {
    var medians = [Double](repeating: 0, count: columns.count)
    for place in columns.indices {
      let values = columns[place].filter { !$0.isNaN }.sorted()
      let middle = values.count / 2
      if !values.isEmpty {
        medians[place] = values.count % 2 == 1 ? values[middle] : values[middle - 1] / 2 + values[middle] / 2
      }
      let missing = columns[place].count - values.count
      if missing > 0 {
        for row in columns[place].indices where columns[place][row].isNaN { columns[place][row] = medians[place] }
        additions.append("impute \(features[place].name) = median (\(medians[place]) for \(missing) missing)")
      }
    }
    fill = medians
  }

  private mutating func standardise(_ columns: inout [[Double]]) {
    for place in columns.indices {
      let count = Double(max(columns[place].count, 1))
      let mean = columns[place].reduce(0, +) / count
      let variance = columns[place].reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      let sd = variance.squareRoot()
      let divisor = sd > 0 && sd.isFinite ? sd : 1
      centre.append(mean)
      spread.append(divisor)
      for row in columns[place].indices { columns[place][row] = (columns[place][row] - mean) / divisor }
    }
    if !columns.isEmpty { additions.append("scale all features = standard") }
  }

  func lower(_ vector: VectorPort, into builder: inout GraphBuilder) -> VectorPort {
    var port = vector
    if let fill, !fill.isEmpty {
      builder.step = "impute = median"
      port = builder.fill(port, fill)
    }
    if !spread.isEmpty {
      builder.step = "scale = standard"
      port = builder.affine(
        port, scale: spread.map { 1 / $0 }, offset: zip(centre, spread).map { -$0 / $1 })
    }
    return port
  }
}
