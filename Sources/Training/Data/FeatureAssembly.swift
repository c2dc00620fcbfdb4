import Expressions
import Glibc
import Kernels
import Learners
import Plan
import Scoring
import Tables

/// The feature vector that a learner needs, put together from the columns that the recorded steps left.
///
/// Text becomes codes or one-hot places and numbers stay; missing places are filled and numbers standardised where the learner
/// asks for it. All of it is lowered into the graph, and the columns that learners read are what that graph computes, to the bit.
struct FeatureAssembly {
  /// Text with more different values than this share of the rows tells rows apart and is left out.
  static let distinctShare = 0.5

  private enum Statistic: Hashable { case numbers }

  private let needs: FeatureNeeds
  private(set) var scope: LoweringScope
  private var ports: [Port] = []
  /// The column of each port.
  private var portNames: [String] = []
  private(set) var features: [DesignFeature] = []
  private(set) var columns: [DesignColumn] = []
  /// What is known of the cells of those columns that are a table's numbers as they are.
  private var known: [StatisticsMemo?] = []
  /// Why columns are no features, and what was done to others.
  private(set) var notes: [ModelNote] = []
  private var leftOut: [LeftOut] = []
  /// Columns that a recorded step has standardised, which are not to be so again.
  private let standard: Set<String>
  /// Steps that were added for the learner.
  private(set) var additions: [StepWords] = []

  /// `names` are the columns that may be features, of which those of `standard` are standardised already. Throws `trainingFailed`
  /// when none of them can be.
  init(
    _ fitted: FittedRecipe, features names: [String], standard: Set<String>, needs: FeatureNeeds
  ) throws(EngineError) {
    self.needs = needs
    self.standard = standard
    scope = fitted.scope
    reserve(names.count)
    for name in names {
      guard let column = fitted[name] else { continue }
      try add(name, column)
    }
    guard !ports.isEmpty else {
      throw EngineError(.fitting(.noFeature(leftOut)))
    }
  }

  /// Makes room for so many columns: growing step by step, thousands are moved several times.
  private mutating func reserve(_ count: Int) {
    scope.reserve(count)
    ports.reserveCapacity(count)
    portNames.reserveCapacity(count)
    features.reserveCapacity(count)
    columns.reserveCapacity(count)
    known.reserveCapacity(count)
  }

  // MARK: Columns

  private mutating func add(_ name: String, _ column: RecipeColumn) throws(EngineError) {
    scope.builder.step = "feature \(name)"
    switch column.statistics.column {
    case .vector(let cells):
      try requirePlaces(cells.width)
      append(try lowered { scope throws(Unsupported) in try scope.port(name) }, of: name)
      addVector(name, cells, column.rows)
    case .text: try addText(name, column)
    case .bool, .int, .float, .date, .datetime:
      if column.missingCount == column.rows.count {
        leaveOut(name, .noValue)
        return
      }
      try requirePlaces(1)
      append(try lowered { scope throws(Unsupported) in try scope.port(name) }, of: name)
      append(
        DesignColumn(name, cells: column.statistics.column, rows: column.rows), [name], .number,
        known: column.statistics.memo(at: column.rows))
    }
  }

  private mutating func lowered<Result>(
    _ body: (inout LoweringScope) throws(Unsupported) -> Result
  ) throws(EngineError) -> Result {
    do throws(Unsupported) { return try body(&scope) } catch { throw EngineError(error, by: .model) }
  }

  /// Throws `tooManyPlaces` where a column of so many does not fit beside those that are there, before anything is made of it.
  private func requirePlaces(_ more: Int) throws(EngineError) {
    let places = features.count + more
    guard places <= Graph.maximumWidth else {
      throw EngineError(.fitting(.tooManyPlaces(places, most: Graph.maximumWidth, [.fewerCategories])))
    }
  }

  private mutating func leaveOut(_ name: String, _ reason: LeftOut.Reason) {
    leftOut.append(LeftOut(name, reason))
    notes.append(.leftOut(LeftOut(name, reason)))
  }

  private mutating func append(_ port: Port, of name: String) {
    ports.append(port)
    portNames.append(name)
  }

  private mutating func append(
    _ column: DesignColumn, _ places: [String], _ kind: DesignFeature.Kind, known: StatisticsMemo? = nil
  ) {
    columns.append(column)
    self.known.append(known)
    for place in places { features.append(DesignFeature(name: place, column: column.name, kind: kind)) }
  }

  private mutating func addVector(_ name: String, _ cells: VectorCells, _ rows: RowList) {
    let places = cells.names.map { "\(name)=\($0)" }
    if case .codes(let codes) = cells.storage {
      append(DesignColumn(name, .oneHot(count: places.count), codes: rows.gather(codes)), places, .number)
      return
    }
    for (place, feature) in places.enumerated() {
      append(DesignColumn(name, numbers: rows.map { cells[$0, place] }), [feature], .number)
    }
  }

  private mutating func addText(_ name: String, _ column: RecipeColumn) throws(EngineError) {
    let found = column.statistics.codes
    let words = categories(name, found, column.rows)
    guard !words.isEmpty else { return }
    try requirePlaces(needs.categories == .oneHot ? words.count + (column.missingCount > 0 ? 1 : 0) : 1)
    let texts = words.compactMap { if case .text(let word) = found.values[$0] { word } else { nil } }
    let port = try lowered { scope throws(Unsupported) in
      try scope.flagUnseen(name, words: texts)
      return try scope.column(name)
    }
    scope.builder.step = "feature \(name)"
    switch needs.categories {
    case .codes:
      append(.column(scope.builder.lookup(port, words: texts)), of: name)
      additions.append(.act(verb: "encode", column: name, method: "categories"))
      let codes = Self.codes(found, words, column.rows, missing: DesignColumn.missingCode)
      append(DesignColumn(name, .category(count: words.count), codes: codes), [name], .category(count: words.count))
    case .oneHot:
      let missing = column.missingCount > 0
      append(.vector(scope.builder.oneHot(port, words: texts, missingPlace: missing)), of: name)
      additions.append(.act(verb: "encode", column: name, method: "onehot"))
      let places = (texts + (missing ? ["missing"] : [])).map { "\(name)=\($0)" }
      let codes = Self.codes(
        found, words, column.rows, missing: missing ? Int32(words.count) : DesignColumn.unseenCode)
      append(DesignColumn(name, .oneHot(count: places.count), codes: codes), places, .number)
    }
  }

  /// The place of each row's word among those that were kept.
  private static func codes(_ found: CategoryCodes, _ words: [Int], _ rows: RowList, missing: Int32) -> [Int32] {
    var places = [Int32](repeating: DesignColumn.unseenCode, count: found.count)
    for (place, word) in words.enumerated() { places[word] = Int32(truncatingIfNeeded: place) }
    return rows.gather(found.codes).map { $0 < 0 ? missing : places[Int($0)] }
  }

  /// The categories to keep, in order; none when the text tells rows apart instead of grouping them.
  private mutating func categories(_ name: String, _ found: CategoryCodes, _ rows: RowList) -> [Int] {
    var counts = [Int](repeating: 0, count: found.count)
    var valid = 0
    for row in rows {
      let code = found.codes[row]
      guard code >= 0 else { continue }
      counts[Int(code)] += 1
      valid += 1
    }
    var kept = counts.indices.filter { counts[$0] > 0 }
    if kept.isEmpty {
      leaveOut(name, .noValue)
      return []
    }
    if kept.count > 20, Double(kept.count) > Self.distinctShare * Double(valid) {
      leaveOut(name, .identity(texts: kept.count, rows: valid))
      return []
    }
    if let most = needs.mostCategories, kept.count > most {
      notes.append(.categoriesKept(name, most, of: kept.count))
      kept.sort { (counts[$1], $0) < (counts[$0], $1) }
      kept = kept.prefix(most).sorted()
    }
    return kept
  }

  // MARK: Filling and scaling

  /// Fills missing numbers with their medians and standardises them, as far as the learner asks for it; gives the port of the
  /// finished vector. One-hot places are 0 or 1, and stay so.
  mutating func finish(_ progress: Progress) throws(EngineError) -> VectorPort {
    scope.builder.step = "features"
    var port = scope.builder.concatenate(ports)
    scope.builder.mark(port, as: .features(portNames))
    guard !needs.takesMissing || needs.scales else { return port }
    let (columns, known, isIndicator) = (columns, known, isIndicator)
    let summaries = parallelMap(columns.count) { place -> NumberSummary? in
      if isIndicator[place] || progress.isCancelled { return nil }
      // By what a vector takes: the same for all learners.
      let column = columns[place]
      let make = { NumberSummary(rows: column.rowCount, read: column.read) }
      return known[place].map { $0.kept(Statistic.numbers, make) } ?? make()
    }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    if !needs.takesMissing { port = fill(port, summaries) }
    if needs.scales { port = standardise(port, summaries) }
    return port
  }

  /// Of each column whether its places are zeros and ones.
  private var isIndicator: [Bool] {
    var place = 0
    return columns.map { column in
      defer { place += column.width }
      if case .oneHot = column.kind { return true }
      return features[place].name != features[place].column
    }
  }

  private mutating func fill(_ port: VectorPort, _ summaries: [NumberSummary?]) -> VectorPort {
    var values: [Double] = []
    for (place, summary) in summaries.enumerated() {
      guard let summary, let median = summary.median else {
        values += [Double](repeating: 0, count: columns[place].width)
        continue
      }
      values.append(median)
      columns[place] = columns[place].filled(with: median)
      let missing = columns[place].rowCount - summary.count
      if missing > 0 {
        additions.append(
          .act(
            verb: "impute", column: columns[place].name, method: "median",
            remark: "\(Self.short(median)) for \(missing) missing"))
      }
    }
    scope.builder.step = "impute = median"
    return scope.builder.fill(port, values)
  }

  /// A whole number as it is, others with four digits.
  private static func short(_ value: Double) -> String {
    if let whole = Int64(exactly: value) { return "\(whole)" }
    let scale = pow(10, max(1, 3 - log10(abs(value)).rounded(.down)))
    return scale.isFinite ? "\((value * scale).rounded() / scale)" : "\(value)"
  }

  private mutating func standardise(_ port: VectorPort, _ summaries: [NumberSummary?]) -> VectorPort {
    var (scales, offsets): ([Double], [Double]) = ([], [])
    var scaled: [StepWords] = []
    for (place, summary) in summaries.enumerated() {
      guard let summary, !standard.contains(columns[place].name) else {
        scales += [Double](repeating: 1, count: columns[place].width)
        offsets += [Double](repeating: 0, count: columns[place].width)
        continue
      }
      let divisor = summary.deviation > 0 && summary.deviation.isFinite ? summary.deviation : 1
      scales.append(1 / divisor)
      offsets.append(-summary.mean / divisor)
      columns[place] = columns[place].mapped(scale: 1 / divisor, offset: -summary.mean / divisor)
      scaled.append(.act(verb: "scale", column: columns[place].name, method: "standard"))
    }
    guard !scaled.isEmpty else { return port }
    additions += scaled
    scope.builder.step = "scale = standard"
    return scope.builder.affine(port, scale: scales, offset: offsets)
  }
}
