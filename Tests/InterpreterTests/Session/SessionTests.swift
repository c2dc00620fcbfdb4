import Diagnostics
import Display
import Interpreter
import Kernels
import Testing

/// A session over the fake verbs that keeps what it was told.
final class Prompt {
  var session: Session
  var displays: [Display] = []
  var places: [StagePlace] = []
  var diagnostics: [Diagnostic] = []

  init(leavingOut: Set<String> = []) {
    session = Session(
      fakeVocabulary,
      SessionSetting(
        executor: NoExecutor(), seed: 1, isInteractive: true, folder: WorkingFolder(),
        readScript: CheckerTests.readNothing, leavingOut: leavingOut))
  }

  private func tell(_ event: SessionEvent) {
    switch event {
    case .stageBegan, .cache, .unchanged: break
    case .display(let display, let place):
      displays.append(display)
      places.append(place)
    case .diagnostic(let diagnostic, _): diagnostics.append(diagnostic)
    case .further(let more, _): diagnostics += more
    }
  }

  @discardableResult
  func enter(_ text: String) -> RunStatus {
    displays = []
    places = []
    diagnostics = []
    return session.enter(text, Progress()) { self.tell($0) }
  }

  func run(_ text: String, overrides: [String: String] = [:], _ progress: Progress = Progress()) -> RunStatus {
    session.run(SourceFile(name: "test.mlp", text: text), overrides: overrides, progress) { self.tell($0) }
  }
}

struct SessionTests {
  @Test("lines entered one by one give what the script gives")
  func flows() {
    let prompt = Prompt()
    for line in ["load people", "derive ratio = income / age", "drop name", "as clean"] {
      #expect(prompt.enter(line) == .done)
    }
    let script = Prompt()
    #expect(script.run("load people\nderive ratio = income / age\ndrop name\nas clean") == .done)
    #expect(prompt.session.prompt == "clean ?×7 › ")
    #expect(script.session.prompt == prompt.session.prompt)
  }

  @Test("a scalar prints and leaves the last value")
  func printsScalars() {
    let prompt = Prompt()
    prompt.enter("load people")
    #expect(prompt.enter("1 + 2") == .done)
    #expect(prompt.displays == [.text("3")])
    prompt.enter("let cut = 40")
    prompt.enter("cut")
    #expect(prompt.displays == [.text("40")])
    #expect(prompt.session.prompt == "people ?×7 › ")
  }

  @Test("a look carries its subject and its figures")
  func readsFigures() {
    let prompt = Prompt()
    prompt.enter("load people |> profile |> as report")
    prompt.enter("report.rows * 2")
    #expect(prompt.displays == [.text("6")])
    #expect(prompt.enter("report |> filter age > 3") == .done)
    #expect(prompt.enter("let n = report.rows") == .done)
    prompt.enter("n")
    #expect(prompt.displays == [.text("3")])
  }

  @Test("a value named alone is shown and becomes the last one")
  func recalls() {
    let prompt = Prompt()
    prompt.enter("load people\nas all\ndrop name\nas few")
    prompt.enter("all")
    #expect(prompt.displays == [.text("shown all ?×7")])
    #expect(prompt.session.prompt == "all ?×7 › ")
  }

  @Test("after a failure the value from before it stands, and a leading pipe is refused")
  func afterFailure() {
    let prompt = Prompt()
    prompt.enter("load people")
    #expect(prompt.enter("drop name |> fail") == .failed)
    #expect(prompt.diagnostics.map(\.code) == [.emptyPart])
    #expect(prompt.diagnostics.first?.help == ["folds: 3"])
    #expect(prompt.session.prompt == "people ?×7 › ")
    #expect(prompt.enter("|> profile") == .staticErrors)
    #expect(prompt.diagnostics.map(\.code) == [.afterFailure])
    #expect(prompt.enter("profile") == .done)
    #expect(prompt.enter("|> profile") == .done)
  }

  @Test("static errors run nothing")
  func staticErrors() {
    let prompt = Prompt()
    #expect(prompt.run("load people\nfilter agee > 3") == .staticErrors)
    #expect(prompt.displays.isEmpty)
    #expect(RunStatus.staticErrors.exitStatus == 3)
  }

  @Test("a requirement that is not met has a status of its own")
  func requires() {
    let prompt = Prompt()
    #expect(prompt.run("load people\nrequire rows >= 3") == .done)
    #expect(prompt.run("load people\nrequire rows >= 4\nexport \"x.csv\"") == .notMet)
    #expect(prompt.displays.contains(.note("checked")))
    #expect(!prompt.displays.contains(.note("wrote x.csv")))
  }

  @Test("a column that shows only on arrival is checked then")
  func replans() {
    let prompt = Prompt()
    #expect(prompt.run("load later\nfilter age > 3\nderive r = age * 2") == .done)
    #expect(prompt.run("load later\nfilter agee > 3") == .failed)
    #expect(prompt.diagnostics.map(\.code) == [.unknownColumn])
    #expect(prompt.diagnostics.first?.stage == "stage 2 of the flow that starts at line 1")
  }

  @Test("a cell that does not fit names file, line and column")
  func namesCell() {
    let prompt = Prompt()
    #expect(prompt.run("load people\nfail cell: true") == .failed)
    #expect(prompt.diagnostics.first?.code == .badCell)
    #expect(prompt.diagnostics.first?.message == "customers.csv:10482: 'age' is 'forty', and the column is int")
    #expect(prompt.diagnostics.first?.help.first == "2 more in the file like it")
  }

  @Test("undo takes back an entry, and the transcript has what ran")
  func undoes() {
    let prompt = Prompt()
    prompt.enter("load people")
    prompt.enter("drop name")
    prompt.enter("fail")
    #expect(prompt.session.transcript == "mlp 1\nload people\ndrop name\n")
    #expect(prompt.session.undo() == "drop name")
    #expect(prompt.session.prompt == "people ?×7 › ")
    #expect(prompt.session.transcript == "mlp 1\nload people\n")
    #expect(prompt.session.undo() == "load people")
    #expect(prompt.session.undo() == nil)
    #expect(prompt.session.prompt == "› ")
  }

  @Test("undo passes over lines that change nothing")
  func undoesChanges() {
    let prompt = Prompt()
    for line in ["load people", "profile", "drop name", "show", "1 + 1", "profile"] { prompt.enter(line) }
    #expect(prompt.session.undo() == "drop name")
    #expect(prompt.session.prompt == "people ?×7 › ")
    #expect(prompt.session.transcript == "mlp 1\nload people\nprofile\n")
    prompt.enter("let cut = 40")
    prompt.enter("cut")
    #expect(prompt.session.undo() == "let cut = 40")
    prompt.enter("drop name |> profile")
    #expect(prompt.session.undo() == "drop name |> profile")
    #expect(prompt.session.undo() == "load people")
    #expect(prompt.session.undo() == nil)
  }

  @Test("the flow of a value has what it needs and nothing else")
  func savesFlow() {
    let prompt = Prompt()
    let lines = [
      "let cut = 40", "let unused = 1", "load people", "drop income", "as others", "load people", "profile",
      "filter age > cut", "1 + 1", "drop name", "show",
    ]
    for line in lines { #expect(prompt.enter(line) == .done) }
    #expect(prompt.session.flow == "mlp 1\nlet cut = 40\nload people\nfilter age > cut\ndrop name\n")
    #expect(prompt.session.transcript == "mlp 1\n" + lines.map { $0 + "\n" }.joined())
    prompt.enter("others |> drop age")
    #expect(prompt.session.flow == "mlp 1\nload people\ndrop income\nas others\nothers |> drop age\n")
    let again = Prompt()
    #expect(again.run(prompt.session.flow) == .done)
    #expect(again.session.prompt == prompt.session.prompt)
  }

  @Test("a look that has a name, and what is required, belong to the flow")
  func savesNamedLooks() {
    let prompt = Prompt()
    for line in ["load people", "show", "profile", "as report", "require rows >= 3", "let n = report.rows"] {
      #expect(prompt.enter(line) == .done)
    }
    #expect(prompt.session.flow == "mlp 1\nload people\nprofile\nas report\nrequire rows >= 3\n")
  }

  @Test("a cancelled run is interrupted and keeps the session")
  func interrupts() {
    let prompt = Prompt()
    let progress = Progress()
    progress.cancel()
    #expect(prompt.run("load people", progress) == .interrupted)
    #expect(prompt.diagnostics.map(\.message) == ["interrupted: load people"])
    #expect(prompt.enter("load people") == .done)
    #expect(prompt.run("drop name", progress) == .interrupted)
    #expect(prompt.diagnostics.map(\.message) == ["interrupted: drop name; the value from before it stands"])
  }

  @Test("a name=value that the script does not have is wrong usage")
  func refusesOverrides() {
    let prompt = Prompt()
    #expect(prompt.run("param days = 3\nload people", overrides: ["dayz": "4"]) == .wrongUsage)
    #expect(prompt.diagnostics.first?.label == "did you mean 'days'?")
    #expect(prompt.run("param least = 3\nload people\nrequire rows >= least", overrides: ["least": "9"]) == .notMet)
  }

  @Test("a retraining leaves the deliveries out")
  func leavesOut() {
    let prompt = Prompt(leavingOut: ["Deliver"])
    #expect(prompt.run("load people\nexport \"x.csv\"\nprofile") == .done)
    #expect(!prompt.displays.contains(.note("wrote x.csv")))
  }

  @Test("names are listed with what they stand for")
  func lists() {
    let prompt = Prompt()
    prompt.enter("let cut = 40\nlet old(x) = x > cut\nload people\nas all")
    guard case .table(let table) = prompt.session.variables else {
      Issue.record("no table")
      return
    }
    #expect(
      table.rows.map { $0.map(\.description) } == [
        ["_", "the last stage", "all ?×7"], ["cut", "let", "40"], ["all", "as", "all ?×7"],
        ["old(x)", "let", "x > cut"],
      ])
  }
}
