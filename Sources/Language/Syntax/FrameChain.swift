import Diagnostics

/// A chain of a data frame's members, taken link by link into the stages that it means.
struct FrameChain {
  static let accessors: Set<String> = ["str", "dt", "cat", "list"]
  private static let figures: Set<String> = [
    "mean", "median", "std", "var", "min", "max", "sum", "count", "quantile", "mode", "describe", "unique", "nunique",
    "value_counts",
  ]
  private static let drawings: Set<String> = ["hist", "boxplot", "plot"]
  /// The methods by which `df.age.mean()` is known for a chain and not for a figure of a value.
  static let methodsOfColumns = figures.union(drawings).union([
    "head", "isnull", "isna", "fillna", "dropna", "replace", "clip",
  ])
  private static let schemas: Set<String> = ["shape", "columns", "dtypes", "info", "schema", "size"]
  private static let groupings: Set<String> = ["groupby", "group_by", "groupBy"]
  private static let joins: Set<String> = ["merge", "join"]
  private static let unions: Set<String> = ["concat", "union", "unionAll", "unionByName"]

  private let base: Name
  private var stages: [Stage] = []
  /// The columns chosen for what follows.
  private var columns: [String] = []
  /// The keys of groups of which something is to be asked.
  private var grouping: FrameGrouping?
  private(set) var message = "values have no methods"
  private let isLibrary: Bool

  init(_ base: Name, isLibrary: Bool) {
    self.base = base
    self.isLibrary = isLibrary
  }

  var elements: [PipelineElement] {
    var all = stages
    if let grouping { return elements(all + [grouping.stage(of: columns, by: nil)]) }
    if !columns.isEmpty { all.append(stage("select", columns)) }
    return elements(all)
  }

  private func elements(_ all: [Stage]) -> [PipelineElement] {
    let first = isLibrary ? [] : [Stage(base, isBare: true, at: base.range)]
    return (first + all).map(PipelineElement.stage)
  }

  /// `["age"]`, `[["age", "sex"]]` and `[df.age > 30]`; false for anything else.
  mutating func take(chosen items: [Expr]) -> Bool {
    guard items.count == 1, !isLibrary else { return false }
    if grouping != nil { return takeGrouped(Self.names(items[0])) }
    message = "values have no subscripts"
    if let names = Self.names(items[0]) {
      columns = names
    } else {
      var condition = items[0].withoutFrame(base.text)
      condition.isParenthesised = false
      stages.append(stage("filter", taking: [Argument(.positional(condition))]))
    }
    return true
  }

  private mutating func takeGrouped(_ names: [String]?) -> Bool {
    columns = names ?? []
    return names != nil
  }

  mutating func take(member: Name) {
    if Self.schemas.contains(member.text), grouping == nil {
      columns = []
      stages.append(stage("schema", []))
    } else if !Self.accessors.contains(member.text) {
      columns = [member.text]
    }
  }

  /// `df["x"] = …`; false where no one column was chosen.
  mutating func take(assigned value: Expr) -> Bool {
    guard columns.count == 1, stages.isEmpty else { return false }
    let target = Target(.name(columns[0]), at: base.range)
    columns = []
    stages.append(stage("derive", taking: [Argument(.assignment(target, value.withoutFrame(base.text)))]))
    return true
  }

  mutating func take(_ call: Call, at range: SourceRange) {
    let name = call.function.text
    if name == "reset_index" { return }
    if let asked = grouping.take() {
      stages.append(asked.stage(of: columns, by: call))
      columns = []
      return
    }
    if Self.groupings.contains(name), !isLibrary {
      grouping = FrameGrouping(call.arguments.flatMap { Self.names($0) ?? [] }, at: base.range)
      columns = []
      return
    }
    if let joined = joined(call) {
      stages += joined
      columns = []
      return
    }
    let isAboutGaps = stages.last?.verb.text == "profile" || stages.last.map { Self.isGap($0.verb.text) } ?? false
    if isAboutGaps, Self.figures.contains(name) { return }
    if !isLibrary, let stage = stage(call) {
      stages.append(stage)
      columns = []
      return
    }
    var arguments =
      call.arguments.map { Argument(.positional($0), at: $0.range) }
      + call.options.map { Argument(.option($0.key, $0.value), at: $0.range) }
    if !columns.isEmpty {
      if arguments.isEmpty, Self.isGap(name) || name == "dropna" {
        arguments = columns.map(column)
      } else {
        stages.append(stage("select", columns))
      }
      columns = []
    }
    stages.append(Stage(call.function, arguments, isBare: arguments.isEmpty, at: range))
  }

  private static func isGap(_ word: String) -> Bool { ["isnull", "isna", "notna", "notnull"].contains(word) }

  /// What a method of a frame or of its chosen columns is; nil for one that is a stage by its own name.
  private func stage(_ call: Call) -> Stage? {
    let name = call.function.text
    switch name {
    case "hist": return drawing("hist", call, keeps: ["bins"])
    case "boxplot": return drawing("box", call, keeps: [])
    case "plot" where call.arguments.isEmpty: return drawing(nil, call, keeps: ["bins"])
    case "query":
      guard call.arguments.count == 1, case .literal(.text(let text)) = call.arguments[0].kind else { return nil }
      var unread = DiagnosticSink()
      guard let condition = Parser.expression(SourceFile(name: "query", text: text), &unread), !unread.hasErrors else {
        return nil
      }
      return stage("filter", taking: [Argument(.positional(condition))])
    case "fillna": return filling(call)
    case "replace": return replacing(call)
    case "clip": return clipping(call)
    case "strip" where !columns.isEmpty: return stage("fix", columns)
    case "to_json":
      guard case .literal(.text(let path))? = call.arguments.first?.kind else { return nil }
      return stage("export", taking: [Argument(.positional(Expr(.literal(.text(path)))))])
    default:
      guard Self.figures.contains(name), !columns.isEmpty || call.arguments.isEmpty else { return nil }
      return stage("profile", columns)
    }
  }

  /// `plot hist, age, bins: 20`: a mark needs a column, and a plot without one shows all.
  private func drawing(_ mark: String?, _ call: Call, keeps options: Set<String>) -> Stage {
    let places = ["column", "x", "y"].compactMap { key in call.options.first { $0.key.text == key }?.value }
    let drawn = columns.isEmpty ? (call.arguments + places).flatMap { Self.names($0) ?? [] } : columns
    let marks = drawn.isEmpty ? [] : mark.map { [$0] } ?? []
    var stage = self.stage("plot", marks + drawn)
    let kept = drawn.isEmpty ? [] : call.options.filter { options.contains($0.key.text) }
    stage.arguments += kept.map { Argument(.option($0.key, $0.value), at: $0.range) }
    return stage
  }

  /// `fillna(df.mean())`, whose argument is the function of the frame here, and `df.age.fillna(0)`.
  private func filling(_ call: Call) -> Stage? {
    guard let value = call.arguments.first, call.arguments.count == 1, call.options.isEmpty else { return nil }
    var method = value
    if case .call(let figure) = value.kind {
      guard ["mean", "median", "mode"].contains(figure.function.text) else { return nil }
      method = Expr(.name(figure.function.text))
    }
    guard columns.isEmpty else {
      let filled = columns.map { Argument(.assignment(Target(.name($0), at: base.range), method)) }
      return stage("impute", taking: filled)
    }
    let isText = if case .literal(.text) = method.kind { true } else { method.kind == .name("mode") }
    let all = Target(.selector(Call(Name(isText ? "text" : "numeric"))), at: base.range)
    return stage("impute", taking: [Argument(.assignment(all, method))])
  }

  /// `replace({"a": "b"})` and `replace("a", "b")`, of the columns chosen or of all that may have the values.
  private func replacing(_ call: Call) -> Stage? {
    var values = call.arguments.first
    if call.arguments.count == 2, case .literal(let old) = call.arguments[0].kind {
      values = Expr(.record([RecordEntry(old, call.arguments[1])]))
    }
    guard let values, case .record(let pairs) = values.kind, let first = pairs.first else { return nil }
    var targets = columns.map { Target(.name($0), at: base.range) }
    if targets.isEmpty {
      let isText = if case .text? = first.literal { true } else { false }
      targets = [Target(.selector(Call(Name(isText ? "text" : "numeric"))), at: base.range)]
    }
    return stage("replace", taking: targets.map { Argument(.assignment($0, values)) })
  }

  /// `df.age.clip(0, 100)`: the bounds are given, and no outliers are looked for.
  private func clipping(_ call: Call) -> Stage? {
    guard columns.count == 1, call.arguments.count == 2 else { return nil }
    let clamped = Call(Name("clamp"), [Expr(.name(columns[0]))] + call.arguments)
    let target = Target(.name(columns[0]), at: base.range)
    return stage("derive", taking: [Argument(.assignment(target, Expr(.call(clamped))))])
  }

  /// `df.merge(other, on="id", how="inner")`, `pd.merge(a, b)` and `pd.concat([a, b])`; nil for anything else.
  private func joined(_ call: Call) -> [Stage]? {
    let isUnion = Self.unions.contains(call.function.text)
    guard isUnion || Self.joins.contains(call.function.text) else { return nil }
    let listed = call.arguments.flatMap { if case .list(let items) = $0.kind { items } else { [$0] } }
    var tables = listed.compactMap { if case .name(let name) = $0.kind { Name(name, at: $0.range) } else { nil } }
    guard tables.count == listed.count, tables.count > (isLibrary ? 1 : 0) else { return nil }
    let first = isLibrary ? [Stage(tables.removeFirst(), isBare: true, at: base.range)] : []
    let others = tables.map { Argument(.positional(Expr(.name($0.text), at: $0.range)), at: $0.range) }
    return first + [stage(isUnion ? "union" : "join", taking: others + (isUnion ? [] : Self.joinOptions(call)))]
  }

  /// `on: id, how: inner` for the options of a merge; others stay as they are.
  private static func joinOptions(_ call: Call) -> [Argument] {
    var options: [Argument] = []
    let sides = ["left_on", "right_on"].compactMap { word in call.options.first { $0.key.text == word } }
    for option in call.options {
      switch option.key.text {
      case "on": options.append(Argument(.option(option.key, withoutQuotes(option.value)), at: option.range))
      case "how":
        let words = ["outer": "full", "full_outer": "full", "left_outer": "left", "left_semi": "semi"]
        let word = names(option.value)?.first ?? ""
        options.append(Argument(.option(option.key, Expr(.name(words[word] ?? word))), at: option.range))
      case "left_on" where sides.count == 2:
        let (own, other) = (names(sides[0].value) ?? [], names(sides[1].value) ?? [])
        let pairs = zip(own, other).map { RecordEntry(Name($0), Expr(.name($1))) }
        options.append(Argument(.option(Name("on"), Expr(.record(pairs))), at: option.range))
      case "right_on" where sides.count == 2: continue
      default: options.append(Argument(.option(option.key, option.value), at: option.range))
      }
    }
    return options
  }

  /// The columns that texts name, as names.
  private static func withoutQuotes(_ written: Expr) -> Expr {
    guard let names = names(written) else { return written }
    if case .list = written.kind { return Expr(.list(names.map { Expr(.name($0)) })) }
    return Expr(.name(names[0]))
  }

  private func column(_ name: String) -> Argument {
    Argument(.positional(Expr(.name(name), at: base.range)), at: base.range)
  }

  private func stage(_ verb: String, _ columns: [String]) -> Stage {
    Stage(Name(verb, at: base.range), columns.map(column), isBare: columns.isEmpty, at: base.range)
  }

  private func stage(_ verb: String, taking arguments: [Argument]) -> Stage {
    Stage(Name(verb, at: base.range), arguments, at: base.range)
  }

  /// The columns that texts, or a list of them, name.
  private static func names(_ written: Expr) -> [String]? {
    let items = if case .list(let items) = written.kind { items } else { [written] }
    let names = items.compactMap { if case .literal(.text(let name)) = $0.kind { name } else { nil } }
    return names.isEmpty || names.count < items.count ? nil : names
  }
}

extension Expr {
  /// The expression with `age` for `df.age`.
  func withoutFrame(_ frame: String) -> Expr {
    var result = self
    switch kind {
    case .member(let base, let member) where base.kind == .name(frame): result.kind = .name(member.text)
    case .member(let base, let member): result.kind = .member(base.withoutFrame(frame), member)
    case .unary(let sign, let value): result.kind = .unary(sign, value.withoutFrame(frame))
    case .binary(let sign, let left, let right):
      result.kind = .binary(sign, left.withoutFrame(frame), right.withoutFrame(frame))
    case .call(var call):
      call.arguments = call.arguments.map { $0.withoutFrame(frame) }
      result.kind = .call(call)
    default: break
    }
    return result
  }
}
