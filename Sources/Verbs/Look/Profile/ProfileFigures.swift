import Kernels
import Plan
import Tables

/// What `profile` finds out of some rows.
struct ProfileFigures: Sendable {
  /// What is asked for.
  struct Request: Sendable {
    /// nil: all.
    let columns: [String]?
    let top: Int
    var depth: ProfileDepth
    let label: LabelSpec?
  }

  let columns: [ColumnProfile]
  let rowCount: Int
  /// Rows that repeat an earlier one; nil where that was not looked for.
  private(set) var repeatedRows: Int?
  private(set) var patterns: MissingPatterns?
  private(set) var associations: Associations?
  /// Whether every two columns are in the associations, not only each with the label.
  private(set) var isOfAllPairs = false
  /// The label that columns are held against.
  private(set) var label: String?
  /// What is said of how they were found.
  private(set) var notes: [String] = []

  /// Of tables up to this size what takes a pass of its own is found without being asked for.
  private static let smallTable = 1 << 20
  /// Columns whose associations are found without being asked for.
  private static let fewColumns = 64
  /// Values of a column that its pictures show.
  private static let mostValues = 50

  init(_ rows: Rows, _ request: Request, _ progress: Progress) throws(EngineError) {
    let isFull = request.depth == .full
    columns = try rows.profile(
      of: request.columns, top: isFull ? max(request.top, Self.mostValues) : request.top, depth: request.depth, progress
    )
    rowCount = rows.rowCount
    let isSmall = rowCount * max(1, rows.columns.count) <= Self.smallTable
    if request.columns == nil, isFull || isSmall { repeatedRows = try Self.repeatedRows(rows, progress) }
    if isFull { try findPatterns(rows, progress) }
    try associate(rows, request, all: isFull || isSmall && columns.count <= Self.fewColumns, progress)
  }

  private static func repeatedRows(_ rows: Rows, _ progress: Progress) throws(EngineError) -> Int {
    try rows.require(rows.rowCount * 24)
    var hashes = RowHashes([], rows: [])
    try rows.fold(nil, progress) { chunk throws(EngineError) in
      hashes.append(RowHashes(chunk.columns, rows: RowList(0..<chunk.rowCount), progress))
      return true
    }
    let count = hashes.repeatedCount(progress)
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    return rows.columns.isEmpty ? 0 : count
  }

  private mutating func findPatterns(_ rows: Rows, _ progress: Progress) throws(EngineError) {
    let found = try rows.missingPatterns(columns.map { ($0.name, $0.missing) }, progress)
    patterns = found.columns.count > 1 ? found : nil
  }

  // MARK: Associations

  private mutating func associate(
    _ rows: Rows, _ request: Request, all: Bool, _ progress: Progress
  ) throws(EngineError) {
    label = request.label.map(\.name).flatMap { name in columns.contains { $0.name == name } ? name : nil }
    guard all || label != nil else { return }
    let members = Associations.members(columns, categories: classes(request.label))
    guard members.count > 1, label == nil || all || members.contains(where: { $0.name == label }) else { return }
    let search = AssociationSearch(members, all ? nil : label)
    associations = try search.associations(rows, progress)
    isOfAllPairs = all
    notes += search.notes(rows.rowCount)
  }

  /// An int label of few values is one of classes.
  private func classes(_ label: LabelSpec?) -> Set<String> {
    guard let label, label.task != .regression, let column = columns.first(where: { $0.name == label.name }),
      column.type == .int, let distinct = column.distinct, !distinct.isApproximate,
      label.task == .classification || distinct.count <= LabelEncoding.classLimit
    else { return [] }
    return [label.name]
  }

  var alerts: [ProfileAlert] {
    ProfileAlert.all(
      columns, repeatedRows: repeatedRows, associations: isOfAllPairs ? associations : nil)
  }

  /// How columns go with the label, the strongest first; of numbers by the greater of the two correlations.
  var relations: [Associations.Pair] {
    guard let label, let associations else { return [] }
    let pairs = associations.pairs.filter { $0.first == label || $0.second == label }
    var best: [String: Associations.Pair] = [:]
    for pair in pairs {
      let other = pair.first == label ? pair.second : pair.first
      if (best[other].map { abs($0.value) } ?? -1) < abs(pair.value) { best[other] = pair }
    }
    return best.sorted { (abs($1.value.value), $0.key) < (abs($0.value.value), $1.key) }.map(\.value)
  }
}
