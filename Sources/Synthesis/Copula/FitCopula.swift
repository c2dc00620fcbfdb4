import Kernels
import Plan
import Tables

extension CopulaModel {
  /// What is made of some rows.
  public struct Request: Sendable {
    public let name: String
    /// The column whose classes are to have distributions of their own.
    public let by: String?
    /// How guarded columns are.
    public let levels: [String: ColumnLevel]

    public init(name: String, by: String?, levels: [String: ColumnLevel]) {
      self.name = name
      self.by = by
      self.levels = levels
    }
  }

  /// Fewer rows of a class say too little of how columns hang together in it.
  private static let leastRows = 20
  /// Texts of fewer rows are left out.
  public static let leastCount = MarginalFit.leastCount
  /// More classes are not told apart.
  public static let mostClasses = 50

  /// Learns from the rows of a table that has at least one, of which `rowCount` is the count where the table is a sample. Throws `interrupted`.
  ///
  /// O(rows × columns²).
  public init(
    _ table: Table, of rowCount: Int, _ request: Request, _ progress: Progress
  ) throws(EngineError) {
    let fit = CopulaFit(table, request)
    let all = Array(0..<table.rowCount)
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint(0.1, "learning distributions") }
    let pooled = fit.marginals(all)
    let parts = fit.parts(all, most: Self.mostClasses)
    let by = parts.count > 1 ? fit.by : nil
    let latent = fit.columns.indices.filter { $0 != by && pooled[$0]?.isLatent ?? false }
    let patterns = fit.patterns(besides: by)
    var groups: [(rows: [Int], value: Cell, marginals: [Marginal?], correlations: CorrelationMatrix?)] = []
    for part in parts {
      let isLarge = part.rows.count >= Self.leastRows
      let marginals = parts.count == 1 || !isLarge ? pooled : fit.marginals(part.rows, like: pooled)
      let correlations = isLarge ? try fit.correlations(part.rows, marginals, latent, patterns, progress) : nil
      groups.append((part.rows, part.value, marginals, correlations))
    }
    let size = latent.count + patterns.count
    let within = Self.within(groups.map { ($0.rows.count, $0.correlations) }, size)
    self.name = request.name
    self.rowCount = rowCount
    members = fit.members
    self.by = by
    self.latent = latent
    self.patterns = patterns
    self.groups = groups.map { group in
      // Few rows say little of many correlations: what holds within all classes helps out.
      let weight = Double(group.rows.count) / Double(group.rows.count + size)
      let own = group.correlations.map { parts.count == 1 ? $0 : $0.mixed(weight, within, 1 - weight) } ?? within
      return Group(
        share: Double(group.rows.count) / Double(table.rowCount), value: group.value, marginals: group.marginals,
        missing: patterns.map { fit.missingShare($0[0], group.rows) }, correlations: own.repaired())
    }
  }

  /// The correlations of all groups that have some, by their rows.
  private static func within(_ groups: [(rows: Int, correlations: CorrelationMatrix?)], _ size: Int)
    -> CorrelationMatrix
  {
    var (mean, rows) = (CorrelationMatrix(identity: size), 0.0)
    for (count, correlations) in groups {
      guard let correlations else { continue }
      let sum = rows + Double(count)
      mean = mean.mixed(rows / sum, correlations, Double(count) / sum)
      rows = sum
    }
    return mean
  }
}

/// The columns of a table on their way into a copula.
struct CopulaFit {
  let columns: [Column]
  let members: [CopulaModel.Member]
  let by: Int?
  /// For each text column where the text of a row stands among the others.
  private let orders: [[Double]]

  init(_ table: Table, _ request: CopulaModel.Request) {
    let names = table.names.filter { name in table[name].map { $0.type != .vector } ?? false }
    let columns = names.compactMap { table[$0] }
    self.columns = columns
    members = zip(names, columns).map {
      CopulaModel.Member(name: $0, type: $1.type, level: request.levels[$0] ?? .public)
    }
    let by = request.by.flatMap { names.firstIndex(of: $0) }
    self.by = by
    orders = parallelMap(columns.count) { TextOrder.places(of: columns[$0], among: columns, by: by) }
  }

  /// How the cells of each column are distributed at `rows`; what tells rows apart in all of them does so in a part of them.
  func marginals(_ rows: [Int], like pooled: [Marginal?]? = nil) -> [Marginal?] {
    let (columns, members, orders) = (columns, members, orders)
    return parallelMap(columns.count) { place -> Found in
      if let pooled, !(pooled[place]?.isLatent ?? false) { return Found(marginal: pooled[place]) }
      let order = orders[place]
      let fit = MarginalFit(columns[place], at: rows, isGuarded: members[place].level.isGuarded) {
        order.isEmpty ? 0 : order[$0]
      }
      // Of a class that has no value of the column only missing cells are made; texts of many stay texts of many.
      if let fit, pooled != nil, !fit.marginal.isLatent { return Found(marginal: pooled?[place]) }
      return Found(marginal: fit?.marginal)
    }.map(\.marginal)
  }

  private struct Found: Sendable { let marginal: Marginal? }

  /// Columns with gaps, those of the same rows together.
  func patterns(besides by: Int?) -> [[Int]] {
    var found: [(gaps: Bitmap, columns: [Int])] = []
    for (place, column) in columns.enumerated() {
      guard let gaps = column.validity, gaps.onesCount > 0, place != by else { continue }
      if let known = found.firstIndex(where: { $0.gaps == gaps }) {
        found[known].columns.append(place)
      } else {
        found.append((gaps, [place]))
      }
    }
    return found.map(\.columns)
  }

  func missingShare(_ column: Int, _ rows: [Int]) -> Double {
    Double(rows.count { !columns[column].isValid($0) }) / Double(max(1, rows.count))
  }

  /// The rows by the values of the column that tells them apart, the most frequent first; all together where there is none, or too many.
  func parts(_ rows: [Int], most: Int) -> [(value: Cell, rows: [Int])] {
    guard let by else { return [(.missing, rows)] }
    let column = columns[by]
    var places: [Cell: Int] = [:]
    var parts: [(value: Cell, rows: [Int])] = []
    for row in rows {
      let value = column[row]
      if let place = places[value] {
        parts[place].rows.append(row)
      } else {
        if parts.count == most { return [(.missing, rows)] }
        places[value] = parts.count
        parts.append((value, [row]))
      }
    }
    // A class of a few rows would tell of them.
    let large = parts.filter { $0.rows.count >= CopulaModel.leastCount }
    if !large.isEmpty { parts = large }
    return parts.enumerated().sorted { ($1.element.rows.count, $0.offset) < ($0.element.rows.count, $1.offset) }.map(
      \.element)
  }

  func correlations(
    _ rows: [Int], _ marginals: [Marginal?], _ latent: [Int], _ patterns: [[Int]], _ progress: Progress
  ) throws(EngineError) -> CorrelationMatrix {
    let columns = columns
    let size = latent.count + patterns.count
    let scores = parallelMap(size) { place -> LatentScores in
      guard place < latent.count else {
        let column = columns[patterns[place - latent.count][0]]
        return LatentScores(missing: rows.map { !column.isValid($0) })
      }
      guard let marginal = marginals[latent[place]] else { return LatentScores(missing: rows.map { _ in false }) }
      return LatentScores(columns[latent[place]], at: rows, marginal)
    }
    let lines = parallelMap(size) { row -> [Double] in
      progress.isCancelled ? [] : (0..<row).map { scores[row].correlation(scores[$0]) }
    }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint(0.5, "learning correlations") }
    var matrix = CorrelationMatrix(identity: size)
    for (row, line) in lines.enumerated() {
      for (column, value) in line.enumerated() { matrix[row, column] = value }
    }
    return matrix
  }
}
