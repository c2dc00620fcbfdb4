import Descriptions
import Diagnostics
import Display
import Expressions
import Language
import Tables

/// Help made from descriptions: nothing in it is written twice.
public enum Help {
  /// What a question for help gives.
  public enum Answer: Sendable {
    case found(Display)
    /// Nothing of that name; the diagnostic says what may have been meant.
    case unknown(Diagnostic)
  }

  /// The page on a verb, a function, an algorithm, a metric, a format, a family of them, an error's code, or something that
  /// a script has made; an overview for nil. One word may have several pages.
  public static func answer(_ topic: String?, _ catalogue: HelpCatalogue, _ environment: Environment) -> Answer {
    guard let topic, !topic.isEmpty else { return .found(overview(catalogue, environment)) }
    if topic == "functions" { return .found(functions(environment.scope)) }
    if topic == "verbs" { return .found(overview(catalogue, environment)) }
    if topic == "selectors" { return .found(selectors) }
    if let family = catalogue.family(topic) { return .found(list(family)) }
    var pages = catalogue.all(named: topic).map { page($0.description, kind: $0.kind) }
    if let verb = environment.definedVerb(topic) { pages.append(page(verb)) }
    if let function = environment.scope.function(named: topic) { pages.append(self.function(function)) }
    if let page = function(topic) { pages.append(page) }
    if let code = DiagnosticCode(rawValue: topic) { pages.append(page(code)) }
    if !pages.isEmpty { return .found(pages.count == 1 ? pages[0] : .group(pages)) }
    return .unknown(unknown(topic, catalogue, environment))
  }

  // MARK: Lists

  /// The verbs by group, those that scripts have made, and where to read on.
  private static func overview(_ catalogue: HelpCatalogue, _ environment: Environment) -> Display {
    var rows: [[Tables.Cell]] = []
    for (group, members) in HelpCatalogue.grouped(catalogue.verbs) {
      for (place, verb) in members.enumerated() {
        rows.append([.text(place == 0 ? group : ""), .text(verb.name), .text(verb.summary)])
      }
    }
    for (place, verb) in environment.definedVerbs.enumerated() {
      rows.append([.text(place == 0 ? "Made by define" : ""), .text(verb.name), .text(verb.usage)])
    }
    var listing = DisplayTable(["group", "verb", "what it does"], rows: rows)
    listing.isProse = true
    let more = ["functions", "selectors"] + catalogue.families.map(\.name)
    return .group([
      .table(listing),
      .text("`help VERB` tells of one; " + more.map { "`help \($0)`" }.joined(separator: ", ") + " list the rest"),
    ])
  }

  private static func list(_ family: HelpCatalogue.Family) -> Display {
    let rows = HelpCatalogue.grouped(family.members).flatMap { group, members in
      members.enumerated().map { place, member -> [Tables.Cell] in
        [.text(place == 0 ? group : ""), .text(member.name), .text(member.summary)]
      }
    }
    var listing = DisplayTable(["group", family.singular, "what it is"], rows: rows)
    listing.isProse = true
    return .table(listing)
  }

  private static var selectors: Display {
    let rows = ColumnSelector.allCases.map { [Tables.Cell.text($0.written), .text($0.summary)] }
    return .table(DisplayTable(["selector", "chooses"], rows: rows))
  }

  // MARK: Pages

  /// A defined verb shows its source.
  private static func page(_ verb: DefinedVerb) -> Display {
    .group([
      .heading("\(verb.name): a verb made in \(verb.home)"), .text("  " + verb.usage),
      .text(verb.source),
    ])
  }

  private static func page(_ code: DiagnosticCode) -> Display {
    let explanation = code.explanation
    return .group([
      .heading("\(code.rawValue): \(explanation.summary)"), .text(explanation.paragraph),
      .text("Wrong\n" + indented(explanation.wrong)), .text("Right\n" + indented(explanation.right)),
    ])
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }.joined(separator: "\n")
  }

  private static func unknown(
    _ topic: String, _ catalogue: HelpCatalogue, _ environment: Environment
  ) -> Diagnostic {
    if let verb = catalogue.verb(otherwiseCalled: topic) {
      return Diagnostic(.notFound, "no help on '\(topic)'", label: "here it is '\(verb.name)'")
    }
    for family in catalogue.families {
      if let member = family.members.first(where: { $0.otherNames.contains(topic) }) {
        return Diagnostic(.notFound, "no help on '\(topic)'", label: "here it is '\(member.name)'")
      }
    }
    if let hint = PlannedWords.hint(topic, .verb) {
      return Diagnostic(
        .notFound, "no help on '\(topic)'", label: hint,
        help: ["`help` lists the verbs"])
    }
    let known =
      catalogue.verbs.map(\.name) + catalogue.families.flatMap { $0.members.map(\.name) }
      + Callable.all.map(\.description.name) + environment.definedVerbs.map(\.name) + environment.scope.functionNames
    return Diagnostic(
      .notFound, "no help on '\(topic)'", label: NearestName.hint(topic, in: known), help: ["`help` lists the verbs"])
  }
}
