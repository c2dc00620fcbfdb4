import Descriptions
import Diagnostics
import Interpreter
import Language
import Notation
import Plan
import Tables

/// The arguments of `plot`, read against what it works on.
struct PlotRequest {
  enum OfTable {
    case plot(TablePlot)
    /// One plot for each column.
    case overview
    /// The columns are not known yet.
    case open
    case refused
  }

  private let call: VerbCall
  /// The first argument where it is a bare word.
  private let word: Name?

  init(_ call: VerbCall) {
    self.call = call
    word = call.positionals.first.flatMap(Self.word)
  }

  /// The bare word that an argument is; nil where it is something else.
  static func word(_ argument: Expr) -> Name? {
    switch argument.kind {
    case .name(let name): Name(name, at: argument.range)
    // The word of the language is that of the mark.
    case .literal(.missing): Name(PlotMark.missing.rawValue, at: argument.range)
    default: nil
    }
  }

  private var written: PlotMark? { word.flatMap { PlotMark(rawValue: $0.text) } }

  private static func list(_ marks: [PlotMark]) -> String { marks.map(\.rawValue).joined(separator: ", ") }

  // MARK: Models

  /// The mark for a model, that of its label where none is named; nil after reporting.
  func mark(of model: ModelType, _ sink: inout DiagnosticSink) -> ModelPlot.Mark? {
    guard let word else {
      guard let first = call.positionals.first else {
        return optionsOfNone(&sink) && call.split(of: model, &sink) != nil ? .standard : nil
      }
      sink.report(
        .unexpectedArgument, "'plot' of a model takes a mark", at: first.range, help: [Self.fittingWords(model)])
      return nil
    }
    guard let mark = written else {
      let other = PlotMark.otherwiseCalled(word.text)
      sink.report(
        .unknownMethod, "no mark '\(word.text)'", at: word.range,
        label: other.map { "here it is '\($0.rawValue)'" }
          ?? NearestName.hint(word.text, in: PlotMark.ofModels.map(\.rawValue)), help: [Self.fittingWords(model)])
      return nil
    }
    guard mark.isOfModel else {
      sink.report(
        .wrongSubject, "'\(mark.rawValue)' draws rows, and the last value is a model", at: word.range,
        help: [Self.fittingWords(model)])
      return nil
    }
    guard fits(mark, model, &sink), options(mark, &sink) else { return nil }
    if call.positionals.count > 1 {
      sink.report(
        .unexpectedArgument, "'\(mark.rawValue)' takes no columns", at: call.positionals[1].range,
        label: "it shows the whole model")
      return nil
    }
    return .named(mark)
  }

  /// The marks that may have something to show of a model.
  static func fitting(_ model: ModelType) -> [PlotMark] {
    PlotMark.fitting(model.isOfNumber.map { $0 ? .regression : .multiclass }, model.mayBe)
  }

  private static func fittingWords(_ model: ModelType) -> String { "what fits: \(list(fitting(model)))" }

  private func fits(_ mark: PlotMark, _ model: ModelType, _ sink: inout DiagnosticSink) -> Bool {
    let range = word?.range ?? call.range
    let algorithms = model.algorithms ?? []
    if mark == .coefficients, !model.mayBe(.coefficients) {
      sink.report(EngineError(.subject(.noCoefficients(algorithms))), at: range)
      return false
    }
    if mark == .tree, !model.mayBe(.tree) {
      sink.report(EngineError(.subject(.noTree(algorithms))), at: range)
      return false
    }
    if let isNumber = model.isOfNumber, let label = model.labelName,
      !mark.fits(isNumber ? .regression : .multiclass)
    {
      let task = isNumber ? LearningTask.regression : model.task ?? .multiclass
      sink.report(EngineError(.subject(.lookOfOtherTask(mark, label, task, instead: Self.fitting(model)))), at: range)
      return false
    }
    let needsRows = mark != .coefficients && mark != .tree
    return !needsRows || call.split(of: model, &sink) != nil
  }

  // MARK: Tables

  func plot(of schema: RelationSchema, _ sink: inout DiagnosticSink) -> OfTable {
    let isColumn = word.map { schema.names.contains($0.text) } ?? false
    if let mark = written, mark.isOfModel, !isColumn {
      sink.report(
        .wrongSubject, "'\(mark.rawValue)' shows a model, and the last value is none", at: word?.range ?? call.range,
        help: ["what fits: \(Self.list(PlotMark.ofTables))", "`train` gives a model"])
      return .refused
    }
    let mark = written.flatMap { $0.isOfModel ? nil : $0 }
    let expressions = mark == nil ? call.positionals : Array(call.positionals.dropFirst())
    if mark == nil, let word, schema[word.text] == .absent, !reportUnknown(word, schema, &sink) { return .refused }
    guard let columns = columns(expressions, schema, &sink), options(mark, &sink) else { return .refused }
    let (by, facet) = (option(PlotVerb.by, schema, &sink), option(PlotVerb.facet, schema, &sink))
    guard by.isSound, facet.isSound else { return .refused }
    if mark == nil, columns.isEmpty { return optionsOfNone(&sink) ? .overview : .refused }
    let names = columns.map(\.name) + [by.name, facet.name].compactMap { $0 }
    let types = Dictionary(names.map { ($0, type($0, schema)) }, uniquingKeysWith: { first, _ in first })
    guard !types.values.contains(.unknown) else { return .open }
    return plot(mark, columns, types.compactMapValues(\.known), (by.name, facet.name), &sink)
  }

  private enum TypeFound: Hashable {
    case known(ColumnType), unknown

    var known: ColumnType? { if case .known(let type) = self { type } else { nil } }
  }

  private func type(_ name: String, _ schema: RelationSchema) -> TypeFound {
    if case .known(let facts) = schema[name], let type = facts.type { return .known(type) }
    return .unknown
  }

  /// A first word that is neither a mark nor a column. False after reporting that it was meant as a mark.
  private func reportUnknown(_ word: Name, _ schema: RelationSchema, _ sink: inout DiagnosticSink) -> Bool {
    let other =
      PlotMark.otherwiseCalled(word.text)?.rawValue
      ?? didYouMean(word.text, among: PlotMark.ofTables.map(\.rawValue))
    guard let other, didYouMean(word.text, among: schema.names) == nil else { return true }
    sink.report(
      .unknownMethod, "no mark or column '\(word.text)'", at: word.range, label: "here it is '\(other)'",
      help: ["marks of rows: \(Self.list(PlotMark.ofTables))"])
    return false
  }

  private func columns(
    _ expressions: [Expr], _ schema: RelationSchema, _ sink: inout DiagnosticSink
  ) -> [(name: String, range: SourceRange)]? {
    let found = expressions.map { expression in
      call.columns(expression, in: schema, &sink)?.map { (name: $0, range: expression.range) }
    }
    return found.contains { $0 == nil } ? nil : found.flatMap { $0 ?? [] }
  }

  private func option(
    _ parameter: Parameter<String>, _ schema: RelationSchema, _ sink: inout DiagnosticSink
  ) -> (name: String?, isSound: Bool) {
    guard call.options.has(parameter) else { return (nil, true) }
    let column = call.column(option: parameter.name, in: schema, &sink)
    return (column, column != nil)
  }

  private func plot(
    _ written: PlotMark?, _ columns: [(name: String, range: SourceRange)], _ types: [String: ColumnType],
    _ groups: (by: String?, facet: String?), _ sink: inout DiagnosticSink
  ) -> OfTable {
    let found = columns.compactMap { types[$0.name] }
    guard let mark = written ?? PlotMark.standard(found), options(mark, &sink) else {
      if written == nil, PlotMark.standard(found) == nil {
        sink.report(
          .missingArgument, "no mark is chosen by \(NameList.of(found.map(\.rawValue))) columns", at: call.range,
          help: ["name one: \(Self.list(PlotMark.ofTables))"])
      }
      return .refused
    }
    guard checkCount(mark, columns, &sink) else { return .refused }
    var names = columns.map(\.name)
    var by = groups.by
    if names.count == 2, let second = types[names[1]], let first = types[names[0]] {
      // Of a box the numbers come first; of bars a second column that is no number tells groups apart.
      if mark == .box, !isMeasure(first), isMeasure(second) { names.reverse() }
      if mark == .bar, !second.isNumeric, by == nil { by = names.removeLast() }
    }
    guard checkTypes(mark, names, columns, types, &sink) else { return .refused }
    if mark == .bar, names.count == 2, types[names[1]]?.isNumeric != true {
      sink.report(
        .unexpectedArgument, "'bar' takes a second column of numbers, whose mean it draws", at: columns[1].range)
      return .refused
    }
    return .plot(
      TablePlot(
        mark: mark, columns: names, by: by, facet: groups.facet, bins: call.options[PlotVerb.bins],
        measure: call.options[PlotVerb.measure],
        scale: call.options[PlotVerb.scale] == .log ? .log : .linear))
  }

  private func isMeasure(_ type: ColumnType) -> Bool { type.isNumeric || type == .date || type == .datetime }

  private func checkCount(
    _ mark: PlotMark, _ columns: [(name: String, range: SourceRange)], _ sink: inout DiagnosticSink
  ) -> Bool {
    if columns.count < mark.columns.lowerBound {
      let least = counted(mark.columns.lowerBound, "column")
      sink.report(
        .missingArgument, "'\(mark.rawValue)' needs \(least)", at: word?.range ?? call.range,
        label: "it draws \(mark.summary)")
      return false
    }
    if columns.count > mark.columns.upperBound {
      sink.report(
        .unexpectedArgument,
        "'\(mark.rawValue)' takes \(counted(mark.columns.upperBound, "column")), not \(columns.count)",
        at: columns[mark.columns.upperBound].range, label: "it draws \(mark.summary)")
      return false
    }
    return true
  }

  private func checkTypes(
    _ mark: PlotMark, _ names: [String], _ columns: [(name: String, range: SourceRange)],
    _ types: [String: ColumnType], _ sink: inout DiagnosticSink
  ) -> Bool {
    var isSound = true
    for (place, name) in names.enumerated() {
      let isValueOfBox = mark == .box && place == 0
      guard let type = types[name] else { continue }
      let wanted = isValueOfBox && !isMeasure(type) ? "numbers, dates or moments" : mark.complaint(type, at: place)
      guard let wanted else { continue }
      isSound = false
      let standard = PlotMark.standard([type]).map { ["what fits '\(name)': \($0.rawValue)"] } ?? []
      sink.report(
        .wrongType, "'\(mark.rawValue)' draws \(wanted) here, and '\(name)' is \(type.rawValue)",
        at: columns.first { $0.name == name }?.range ?? call.range, help: standard)
    }
    return isSound
  }

  // MARK: Options

  /// Whether there are no options, where neither a mark nor a column is named.
  private func optionsOfNone(_ sink: inout DiagnosticSink) -> Bool {
    for option in call.options.values.keys.sorted() {
      let marks = PlotMark.allCases.filter { $0.options.contains(option) }
      sink.report(
        .badOption, "'\(option)' says nothing where no mark or column is named", at: call.optionRanges[option],
        help: ["it is for \(Self.list(marks))"])
    }
    return call.options.values.isEmpty
  }

  /// Whether all options say something to the mark; reports those that do not.
  private func options(_ mark: PlotMark?, _ sink: inout DiagnosticSink) -> Bool {
    guard let mark else { return true }
    var isSound = true
    for option in call.options.values.keys.sorted() where !mark.options.contains(option) {
      isSound = false
      let marks = PlotMark.allCases.filter { $0.options.contains(option) }
      sink.report(
        .badOption, "'\(option)' says nothing to '\(mark.rawValue)'", at: call.optionRanges[option],
        help: ["it is for \(Self.list(marks))"])
    }
    return isSound
  }
}
