import Diagnostics
import Foundation
import Interpreter
import Kernels
import Plan
import Testing

@testable import Verbs

/// What `join` and `union` say of their arguments, before anything is read.
@Suite struct JoinVerbTests {
  private static let two = "load penguins\nas p\nload penguins\n"

  private func first(_ script: String) -> Diagnostic? {
    Scripts.session().check(SourceFile(name: "typed.mlp", text: script)).diagnostics.first { $0.severity == .error }
  }

  @Test(
    "an error has its code and its place",
    arguments: [
      ("join p", DiagnosticCode.missingArgument, "join"), ("join q, on: year", .unknownName, "q"),
      ("join p, on: iland", .unknownColumn, "iland"), ("join p, on: {year: yeer}", .unknownColumn, "yeer"),
      ("join p, on: [year, isle]", .unknownColumn, "isle"), ("join p, on: \"year\"", .otherLanguage, "\"year\""),
      ("join p, on: [year, year]", .duplicateName, "year"),
      ("join seattle_weather, on: {species: date}", .wrongType, "{species: date}"),
      ("join p, on: year, how: outer", .badOption, "outer"), ("join p, on: year, by: sex", .badOption, "sex"),
      ("join p, on: year, tolerance: 3", .badOption, "3"), ("join p, on: year, header: false", .badOption, "false"),
      ("join p, on: [year, island], how: asof", .badOption, "[year, island]"),
      ("join p, on: sex, how: asof", .wrongType, "sex"),
      ("join p, on: year, how: asof, expect: one_to_one", .badOption, "one_to_one"),
      ("join p, on: year\njoin p, on: year", .duplicateName, "p"),
      ("label sex\nsplit\njoin p, on: year", .wrongSubject, "join"),
      ("label sex\njoin p, on: sex", .labelLeak, "sex"),
      ("impute sex = mode\njoin p, on: sex", .fittedTooEarly, "join p, on: sex"),
      ("impute sex = mode\nas q\nload penguins\njoin q, on: year", .fittedTooEarly, "join q, on: year"),
      ("label sex\nsplit\ntrain tree\nas m\nload penguins\njoin m, on: year", .wrongType, "m"),
      ("join \"nowhere.csv\", on: year", .fileNotFound, "\"nowhere.csv\""),
      ("union", .missingArgument, "union"), ("union q", .unknownName, "q"),
      ("rename sex = year, year = sex\nunion p", .wrongType, "p"), ("union p, source: year", .duplicateName, "year"),
    ])
  func errors(_ stage: String, _ code: DiagnosticCode, _ place: String) throws {
    let script = Self.two + stage
    let told = try #require(first(script), "nothing is said of \(stage)")
    #expect(told.code == code, "\(told.message)")
    let range = try #require(told.range)
    #expect(SourceFile(name: "", text: script)[range] == place)
  }

  @Test func aNearNameIsOffered() {
    #expect(first(Self.two + "join p, on: iland")?.label == "did you mean 'island'?")
    #expect(first(Self.two + "join p, on: {year: yeer}")?.message == "no column 'yeer' in p")
    #expect(first(Self.two + "join pinguins, on: year")?.label == "did you mean 'penguins'?")
  }

  @Test func theColumnsOfBothAreOffered() {
    let told = first("load penguins\nselect species, sex\nas p\nload penguins\njoin p")
    #expect(told?.help == ["both have species, sex"] && told?.rewrite?.text == "p, on: [species, sex]")
  }

  @Test(arguments: [
    ("join p, on: species", ["species", "bill_length_mm_right", "year_right"], 15),
    ("join p, on: species, how: semi", ["species", "year"], 8),
    ("join p, on: [species, island], suffix: \"_2\"", ["year", "year_2"], 14),
    ("join p, on: year, by: species, how: asof", ["species", "year", "island_right"], 14),
    ("join seattle_weather, on: {year: wind}, how: full", ["year", "precipitation"], 13),
    ("union p, source: from", ["species", "from"], 9),
  ])
  func theColumnsAfterwardsAreKnown(_ stage: String, _ names: [String], _ count: Int) {
    let checked = Scripts.session().check(SourceFile(name: "typed.mlp", text: Self.two + stage))
    let known = checked.environment.last.schema?.names ?? []
    #expect(!checked.hasErrors && known.count == count && names.allSatisfy(known.contains), "\(known)")
  }

  private static func texts(_ text: String) -> [String] {
    let completer = Completer(
      Reference.vocabulary, readScript: { _ throws(ScriptReadFailure) in throw ScriptReadFailure("not here") },
      dataSets: StandardLibrary.dataSets, listFolder: { _ in [] }, suits: { _, _ in false })
    return completer.complete(text, at: text.utf8.count, in: Environment()).items.map(\.text)
  }

  @Test func namedTablesAndColumnsOfBothSidesAreCompleted() {
    let tables = Self.texts(Self.two + "label sex\nas labelled\njoin ")
    #expect(tables.prefix(2) == ["labelled", "p"] && tables.contains("seattle_weather"))
    #expect(Self.texts(Self.two + "join p, o").first == "on:")
    #expect(Self.texts(Self.two + "join p, on: isl") == ["island"])
    #expect(Self.texts(Self.two + "join p, on: [isl") == ["island"])
    #expect(Self.texts(Self.two + "join seattle_weather, on: {ye") == ["year:"])
    #expect(Self.texts(Self.two + "join seattle_weather, on: {year: w") == ["wind", "weather"])
    #expect(Self.texts(Self.two + "select species\nas s\nload penguins\njoin s, on: {species: ") == ["species"])
    #expect(Self.texts(Self.two + "join p, on: year, how: a") == ["anti", "asof"])
    let options = Self.texts(Self.two + "join p, on: year, how: asof, ")
    #expect(Set(["by:", "direction:", "tolerance:"]).isSubset(of: options))
    #expect(!Self.texts(Self.two + "join p, on: year, ").contains("direction:"))
  }

  /// Runs entries one after the other in one session.
  private func run(_ session: inout Session, _ text: String) -> (status: RunStatus, told: [String]) {
    var told: [String] = []
    let status = session.enter(text, Kernels.Progress()) { event in
      if case .diagnostic(let diagnostic, _) = event { told.append(diagnostic.code.rawValue) }
      if case .display(.notes(let notes), _) = event { told += notes.map(\.message) }
    }
    return (status, told)
  }

  @Test func aKeyThatStandsTwiceIsAnErrorWhereItWasNotExpected() {
    var session = Scripts.session()
    let entered = run(&session, Self.two + "join p, on: species, expect: many_to_one")
    #expect(entered.status == .notMet && entered.told.last == "validation-failed")
  }

  @Test func whatWasJoinedCanBeTakenBack() {
    var session = Scripts.session()
    #expect(run(&session, "load penguins\ndedupe species\nselect species, island\nas first").status == .done)
    #expect(run(&session, "load penguins").status == .done)
    let joined = run(&session, "join first, on: species, how: inner")
    #expect(
      joined.told == [
        "join first, on: species, how: inner: 344 rows → 344: 344 matched in first, 0 not"
      ])
    #expect(session.last?.type.schema?.names.last == "island_right")
    #expect(session.undo() == "join first, on: species, how: inner")
    #expect(session.last?.type.schema?.names.count == 8)
    #expect(
      run(&session, "union first").told.first?.hasPrefix("union first: 347 rows: 344 of penguins, 3 of first") == true)
  }
}
