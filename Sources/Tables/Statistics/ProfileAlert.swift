/// Something about a table that asks for a look, with the figure that says how much.
public struct ProfileAlert: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case duplicatedRows = "duplicated rows"
    case empty, constant, missing, infinite
    case mixedCase = "mixed case"
    case outerBlanks = "outer blanks"
    case outOfOrder = "out of order"
    case correlated, imbalanced, skewed, zeros
    case highCardinality = "high cardinality"
    case unique
  }

  public let kind: Kind
  /// None of rows.
  public let columns: [String]
  public let figure: Double
  /// What the figure counts, and of a correlation its measure.
  public let measure: Associations.Measure?

  init(_ kind: Kind, _ columns: [String], _ figure: Double, _ measure: Associations.Measure? = nil) {
    (self.kind, self.columns, self.figure, self.measure) = (kind, columns, figure, measure)
  }
}

extension ProfileAlert {
  /// From these shares or sizes on something is said.
  private static let (missingShare, zeroShare, topShare, skewness, association) = (0.05, 0.1, 0.9, 3.0, 0.9)
  /// Dates that fall more seldom than this are meant to rise.
  private static let fallShare = 0.1

  /// What there is to say of a table, the most telling kinds first and of one kind columns in their order.
  public static func all(
    _ columns: [ColumnProfile], repeatedRows: Int?, associations: Associations?
  ) -> [ProfileAlert] {
    var found = columns.flatMap(of)
    if let repeatedRows, repeatedRows > 0 { found.append(ProfileAlert(.duplicatedRows, [], Double(repeatedRows))) }
    found += (associations.map(correlated) ?? [])
    return Kind.allCases.flatMap { kind in found.filter { $0.kind == kind } }
  }

  /// Each two columns once, by the measure that is greatest.
  private static func correlated(_ associations: Associations) -> [ProfileAlert] {
    var strongest: [[String]: Associations.Pair] = [:]
    var order: [[String]] = []
    for pair in associations.pairs where abs(pair.value) >= association {
      let key = [pair.first, pair.second].sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      if strongest[key] == nil { order.append(key) }
      if abs(strongest[key]?.value ?? 0) < abs(pair.value) { strongest[key] = pair }
    }
    return order.compactMap { strongest[$0] }.map {
      ProfileAlert(.correlated, [$0.first, $0.second], $0.value, $0.measure)
    }
  }

  private static func of(_ column: ColumnProfile) -> [ProfileAlert] {
    guard column.count > 0 else { return [] }
    func alert(_ kind: Kind, _ figure: Double) -> ProfileAlert { ProfileAlert(kind, [column.name], figure) }
    guard column.valid > 0 else { return [alert(.empty, Double(column.count))] }
    var found: [ProfileAlert] = []
    let missing = Double(column.missing) / Double(column.count)
    if missing >= missingShare { found.append(alert(.missing, missing)) }
    guard let distinct = column.distinct else { return found }
    if distinct.count == 1, column.valid > 1 { return found + [alert(.constant, 1)] }
    found += values(column, distinct).map { alert($0, $1) }
    found += numbers(column, distinct.count).map { alert($0, $1) }
    if let order = column.order, column.type == .date || column.type == .datetime, order.falls > 0,
      Double(order.falls) <= fallShare * Double(order.falls + order.rises)
    {
      found.append(alert(.outOfOrder, Double(order.falls)))
    }
    return found
  }

  private static func values(_ column: ColumnProfile, _ distinct: DistinctCount) -> [(Kind, Double)] {
    var found: [(Kind, Double)] = []
    if let twins = column.caseTwins { found.append((.mixedCase, Double(twins.rows))) }
    if let padded = column.padded ?? column.shape?.padded, padded > 0 { found.append((.outerBlanks, Double(padded))) }
    let isName = column.type == .text || column.type == .int
    if isName, !distinct.isApproximate, distinct.count == column.valid, column.valid > 1 {
      found.append((.unique, Double(distinct.count)))
    } else if column.type == .text, distinct.count > Associations.mostCategories, column.semantics?.type == .text {
      found.append((.highCardinality, Double(distinct.count)))
    }
    let isCategory = column.type == .text || column.type == .bool || column.type == .int
    if isCategory, (2...Associations.mostCategories).contains(distinct.count), let most = column.top.first,
      Double(most.count) >= topShare * Double(column.valid)
    {
      found.append((.imbalanced, Double(most.count) / Double(column.valid)))
    }
    return found
  }

  private static func numbers(_ column: ColumnProfile, _ distinct: Int) -> [(Kind, Double)] {
    guard let numbers = column.numbers else { return [] }
    var found: [(Kind, Double)] = []
    if numbers.infinites > 0 { found.append((.infinite, Double(numbers.infinites))) }
    let zeros = Double(numbers.zeros) / Double(column.valid)
    if zeros >= zeroShare, distinct > 10 { found.append((.zeros, zeros)) }
    if let value = numbers.skewness, abs(value) >= skewness { found.append((.skewed, value)) }
    return found
  }
}
