import Diagnostics
import Foundation
import Interpreter
import Kernels
import Plan
import Tables
import Testing

@testable import Verbs

/// The verbs that clean say what is wrong before anything runs, and give what they say they give.
struct CleaningVerbTests {
  private static let folder: String = {
    let path = NSTemporaryDirectory() + "mlp-cleaning-\(UUID().uuidString)"
    let rows = [
      "name,plan,age,spend,joined,score",
      "  Anna  Lee ,gold,31,\"€ 1,200.50\",25/03/2024,1", "anna lee,Gold,-9,\"12 %\",03/04/2024,2",
      "Bo Berg,silver,40,n/a,2024-05-06,3", "BO BERG,n/a,41,7,soon,90",
    ]
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let text = rows.joined(separator: "\n") + "\n"
    _ = FileManager.default.createFile(atPath: path + "/people.csv", contents: Data(text.utf8))
    return path
  }()

  private static func script(_ stages: String) -> SourceFile {
    SourceFile(name: "typed.mlp", text: "load \"\(folder)/people.csv\"\n\(stages)\nas made\n")
  }

  private func told(_ stages: String) -> [Diagnostic] {
    Scripts.session().check(Self.script(stages)).diagnostics.filter { $0.severity == .error }
  }

  /// The cells of a column after the stages.
  private func cells(_ column: String, after stages: String) throws -> [Cell] {
    var session = Scripts.session()
    var messages: [String] = []
    let status = session.run(Self.script(stages), Progress()) { event in
      if case .diagnostic(let diagnostic, _) = event { messages.append(diagnostic.message) }
    }
    #expect(status == .done, "\(messages)")
    guard case .table(let relation)? = session.named["made"], let rows = relation.kept.current?.rows,
      case .whole(let table) = rows, let made = table[column]
    else { return [] }
    return (0..<made.count).map { made[$0] }
  }

  // MARK: replace

  @Test func keysAreWordsTextsNumbersAndMissing() throws {
    let plan = try cells("plan", after: "replace plan = {gold: \"A\", \"n/a\": missing, \"Gold\": \"A\"}")
    #expect(plan == [.text("A"), .text("A"), .text("silver"), .missing])
    #expect(try cells("age", after: "replace age = {-9: missing, 40: 4}") == [.int(31), .missing, .int(4), .int(41)])
    let filled = "replace age = {-9: missing}\nreplace age = {missing: 0}"
    #expect(try cells("age", after: filled) == [.int(31), .int(0), .int(40), .int(41)])
    #expect(try cells("plan", after: "replace text() = {\"n/a\": \"?\"}, plan = {gold: \"x\"}")[3] == .text("n/a"))
  }

  @Test func aLetMayHoldTheValues() throws {
    let source = "let short = {gold: \"g\", \"n/a\": missing}\nload \"\(Self.folder)/people.csv\"\nreplace plan = short"
    let checked = Scripts.session().check(SourceFile(name: "typed.mlp", text: source))
    #expect(checked.diagnostics.filter { $0.severity == .error }.isEmpty, "\(checked.diagnostics)")
  }

  @Test(
    arguments: [
      ("replace plan = {gold: 1}", DiagnosticCode.wrongType, "'plan' is text and cannot hold 1"),
      ("replace age = {x: 1}", .wrongType, "'x' is no value of 'age', which is int"),
      ("replace age = {1: \"low\"}", .wrongType, "'age' is int and cannot hold \"low\""),
      ("replace plan = {gold: \"a\", \"gold\": \"b\"}", .duplicateName, "'gold' is replaced twice"),
      ("replace plan = {gold: [1]}", .wrongType, "a cell becomes one value, not a list"),
      ("replace plan = \"x\"", .wrongType, "'replace' takes a record of values, not '\"x\"'"),
      ("replace plan, \"gold\", \"x\"", .missingArgument, "'replace' needs a record of values for 'plan'"),
      ("replace plan = {gold: \"a\"}, plan = {x: \"b\"}", .duplicateName, "'plan' gets values twice in this stage"),
      ("replace nobody = {a: \"b\"}", .unknownColumn, "no column 'nobody'"),
      (
        "label plan\nreplace plan = {gold: \"a\"}", .labelLeak, "'plan' is the label; replace its values before `label`"
      ),
      ("fix age", .wrongType, "'age' is int, which `fix` does not take"),
      ("fix age = number", .wrongType, "'age' is int, which `fix … = number` does not take"),
      ("fix name, name = number", .duplicateName, "'name' is fixed twice in this stage"),
      ("fix name, dates: dmy", .badOption, "'dates' is for dates, and no column is fixed as one of those"),
      ("fix joined = date, dates: dym", .badOption, "'dates' must be one of dmy, mdy, ymd, not dym"),
      ("fix name, variants: true\nfilter name == \"x\"", .fittedTooEarly, "'name' comes from"),
      ("outliers name", .wrongType, "'name' is text, and outliers are numbers"),
      ("outliers age, do: remove", .badOption, "'do' takes one of drop, clip, missing, flag, not remove"),
      ("outliers age, k: 0", .badOption, "'k' must be above 0, not 0"),
      ("outliers age, do: clip\nfilter age > 3", .fittedTooEarly, "'age' comes from"),
      ("dates age", .wrongType, "'age' is int, and has no parts of a date"),
      ("fix joined = date\ndates joined, parts: [hour]", .badOption, "'joined' is a date and has no hour"),
      ("fix joined = date\nderive joined_year = 1\ndates joined", .duplicateName, "there is a column 'joined_year'"),
      ("fix joined = date\ndates joined, since: age", .badOption, "'since' takes a date or a column of dates"),
      ("dedupe distance: 2", .badOption, "'distance' is of nearly equal texts"),
      ("dedupe near: [name], distance: 1, similarity: 0.9", .badOption, "either letters that differ are counted"),
      ("dedupe near: [age]", .wrongType, "'age' is int, and only texts are nearly equal"),
    ])
  func mistakesAreToldBeforeAnythingRuns(stages: String, code: DiagnosticCode, message: String) {
    let told = told(stages)
    #expect(told.first?.code == code, "\(told.map(\.message))")
    #expect(told.first?.message.hasPrefix(message) == true, "\(told.map(\.message))")
  }

  /// The keys of an option's record are words, and quoting them is a habit.
  @Test func aQuotedKeyOfAnOptionIsMended() {
    let followed = FollowedAdvice("load \"\(Self.folder)/people.csv\", types: {\"name\": text}")
    #expect(followed.isSound && followed.steps.count == 1, "\(followed)")
    #expect(followed.text == "load \"\(Self.folder)/people.csv\", types: {name: text}")
  }

  // MARK: The others

  @Test func fixCleansTextsNumbersAndDates() throws {
    #expect(
      try cells("name", after: "fix name, variants: true")
        == ["Anna Lee", "Anna Lee", "BO BERG", "BO BERG"].map { .text($0) })
    #expect(try cells("name", after: "fix")[0] == .text("Anna Lee"))
    #expect(try cells("spend", after: "fix spend = number") == [.float(1200.5), .float(0.12), .missing, .float(7)])
    let days = try cells("joined", after: "fix joined = date, dates: dmy").map(\.description)
    #expect(days == ["2024-03-25", "2024-04-03", "2024-05-06", ""])
  }

  @Test func fixStopsWhereThatIsAsked() {
    var session = Scripts.session()
    var messages: [String] = []
    let status = session.run(Self.script("fix joined = date, unreadable: stop"), Progress()) { event in
      if case .diagnostic(let diagnostic, _) = event { messages += [diagnostic.message] + diagnostic.help }
    }
    #expect(status == .failed, "\(messages)")
    #expect(
      messages.first
        == "'joined' has texts that are no date: 1 cannot be read (\"soon\"), 1 can be read in two ways (\"03/04/2024\")"
    )
    #expect(messages.contains { $0.contains("`dates: dmy`") && $0.contains("1 have the day first") })
  }

  @Test func datesMakeTheirParts() throws {
    let start = "fix joined = date, dates: dmy\n"
    #expect(try cells("joined_month", after: start + "dates joined") == [.int(3), .int(4), .int(5), .missing])
    #expect(try cells("joined", after: start + "dates joined, keep: false") == [])
    let since = try cells("joined_days", after: start + "dates joined, since: @2024-03-24")
    #expect(since == [.int(1), .int(10), .int(43), .missing])
    let cosine = try cells("joined_month_cos", after: start + "dates joined, parts: [month], cyclic: true")
    #expect(abs((cosine[1].number ?? 9) - 0) < 1e-15 && cosine[3] == .missing)
  }

  @Test func nearRowsAndOutliersAreLeftOut() throws {
    #expect(try cells("score", after: "dedupe near: [name]") == [.int(1), .int(3)])
    #expect(try cells("score", after: "dedupe plan, near: [name]").count == 4)
    #expect(try cells("score", after: "outliers score, k: 1") == [.int(1), .int(2), .int(3)])
    #expect(try cells("score", after: "outliers score, k: 1, do: missing")[3] == .missing)
  }

  /// On a split the rows of the training part alone are left out; steps that change cells are no choice of rows.
  @Test func onASplitTheTrainingPartAloneLosesRows() throws {
    var session = Scripts.session()
    let status = session.run(
      SourceFile(
        name: "typed.mlp",
        text: "load diamonds\nlabel price\nsplit train: 0.5, test: 0.5, seed: 1\nas parts\noutliers carat\nas fewer\n"),
      Progress()
    ) { _ in }
    #expect(status == .done)
    guard case .split(let parts)? = session.named["parts"], case .split(let fewer)? = session.named["fewer"] else {
      Issue.record("no split")
      return
    }
    #expect(fewer.sealed.count == parts.sealed.count && fewer.train.count == parts.train.count)
    let (before, after) = (try parts.trainingRows(Progress()), try fewer.trainingRows(Progress()))
    #expect(after.rowCount < before.rowCount && after.rowCount > 0)
  }
}
