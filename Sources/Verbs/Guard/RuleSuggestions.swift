import Interpreter
import Kernels
import Language
import Notation
import Plan
import Tables
import Validation

/// Rules that rows seem to keep, read from the profile of their columns and the shapes of their texts.
struct RuleSuggestions {
  /// In the order in which they are shown; some may turn out not to hold.
  private(set) var rules: [Expr] = []
  private let profiles: [ColumnProfile]
  private let rowCount: Int
  private let scope: Scope

  /// Of fewer rows than these a list of values or a shape says nothing.
  private static let enough = 10
  /// The most values that a list has.
  private static let mostValues = 20
  /// The functions of the prelude that tell what a text is.
  private static let kinds = ["email", "url", "uuid", "ipv4", "iso_date"]

  /// `columns` nil is all.
  init(_ rows: Rows, _ columns: [String]?, _ scope: Scope, _ progress: Progress) throws(EngineError) {
    self.scope = scope
    rowCount = rows.rowCount
    profiles = try rows.profile(of: columns, top: Self.mostValues, progress).filter {
      $0.type != .vector && $0.count > $0.missing
    }
    let shapes = try Self.shapes(of: profiles.filter { $0.type == .text && Self.values($0) == nil }, rows, progress)
    let filled = profiles.filter { $0.missing == 0 }
    if !filled.isEmpty { rules.append(Self.form(.notMissing, filled.map { .name($0.name) })) }
    for profile in profiles where isKey(profile) { rules.append(Self.form(.unique, [.name(profile.name)])) }
    for profile in profiles { rules += of(profile, shapes[profile.name]) }
  }

  private func of(_ profile: ColumnProfile, _ shape: SharedPattern?) -> [Expr] {
    let name = Expr.Kind.name(profile.name)
    guard let low = profile.minimum, let high = profile.maximum else { return [] }
    switch profile.type {
    case .int, .float: return [Self.range(name, low, high)].compactMap { $0 }
    case .date, .datetime:
      let order = Self.form(.increasing, [name], isStrict: isKey(profile))
      return [Self.range(name, low, high)].compactMap { $0 } + (rowCount >= Self.enough ? [order] : [])
    case .text: return texts(profile, name, shape)
    case .bool, .vector: return []
    }
  }

  private func texts(_ profile: ColumnProfile, _ name: Expr.Kind, _ shape: SharedPattern?) -> [Expr] {
    if let values = Self.values(profile) {
      return [Self.form(.inSet, [name, .list(values.map { Expr(.literal(.text($0))) })])]
    }
    var found: [Expr] = []
    if profile.count - profile.missing >= Self.enough {
      for kind in Self.kinds where scope.function(named: kind) != nil {
        found.append(Expr(.call(Call(Name(kind), [Expr(name)]))))
      }
      if let pattern = shape?.pattern { found.append(Self.form(.matches, [name, .literal(.text(pattern))])) }
    }
    if shape?.pattern == nil, let lengths = profile.lengths {
      let length = Expr.Kind.call(Call(Name("length"), [Expr(name)]))
      found.append(
        Self.form(
          .range, [length, .literal(.int(Int64(lengths.minimum))), .literal(.int(Int64(lengths.maximum)))]))
    }
    return found
  }

  /// The values of a text column that takes few, in order; nil of another.
  private static func values(_ profile: ColumnProfile) -> [String]? {
    let filled = profile.count - profile.missing
    guard profile.type == .text, let distinct = profile.distinct, !distinct.isApproximate,
      distinct.count <= mostValues, filled >= enough, distinct.count * 2 <= filled, profile.top.count == distinct.count
    else { return nil }
    return profile.top.compactMap { if case .text(let text) = $0.value { text } else { nil } }.sorted()
  }

  /// Whether no value seems to come twice, in a column of what tells rows apart.
  private func isKey(_ profile: ColumnProfile) -> Bool {
    guard let distinct = profile.distinct, profile.missing == 0, rowCount >= Self.enough, profile.type != .float,
      profile.type != .bool, profile.lengths.map({ $0.maximum <= 100 }) ?? true
    else { return false }
    let slack = distinct.isApproximate ? rowCount / 40 : 0
    return distinct.count >= rowCount - slack
  }

  // MARK: Shapes

  private static func shapes(
    of profiles: [ColumnProfile], _ rows: Rows, _ progress: Progress
  ) throws(EngineError) -> [String: SharedPattern] {
    var shapes = Dictionary(profiles.map { ($0.name, SharedPattern()) }, uniquingKeysWith: { first, _ in first })
    if shapes.isEmpty { return [:] }
    try rows.fold(Set(shapes.keys), progress) { chunk throws(EngineError) in
      for (name, column) in zip(chunk.names, chunk.columns) {
        try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
        guard case .text(let cells) = column, var shape = shapes.removeValue(forKey: name) else { continue }
        for row in 0..<cells.count where !shape.isBroken { if let text = cells[row] { shape.add(text) } }
        shapes[name] = shape
      }
      return shapes.values.contains { !$0.isBroken }
    }
    return shapes
  }

  // MARK: Writing

  private static func form(_ form: RuleForm, _ arguments: [Expr.Kind], isStrict: Bool = false) -> Expr {
    let options = isStrict ? [RecordEntry(Name("strict"), Expr(.literal(.bool(true))))] : []
    return Expr(.call(Call(Name(form.rawValue), arguments.map { Expr($0) }, options: options)))
  }

  /// nil where an end cannot be written, such as an infinite one.
  private static func range(_ value: Expr.Kind, _ low: Tables.Cell, _ high: Tables.Cell) -> Expr? {
    guard let low = literal(low), let high = literal(high) else { return nil }
    return form(.range, [value, low, high])
  }

  private static func literal(_ cell: Tables.Cell) -> Expr.Kind? {
    switch cell {
    case .int(let value): Int64(exactly: value.magnitude).map { signed(value < 0, .int($0)) }
    case .float(let value): value.isFinite ? signed(value < 0, .float(value.magnitude)) : nil
    case .date(let days): .literal(.date(days: Int(days)))
    case .datetime(let microseconds): .literal(.datetime(microseconds: microseconds))
    case .missing, .bool, .text, .vector: nil
    }
  }

  private static func signed(_ isNegative: Bool, _ literal: Literal) -> Expr.Kind {
    isNegative ? .unary(.negate, Expr(.literal(literal))) : .literal(literal)
  }
}
