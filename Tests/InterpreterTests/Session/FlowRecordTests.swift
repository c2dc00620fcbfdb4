import Display
import Kernels
import Testing

@testable import Interpreter

/// What a session keeps of what it showed, for the reports of its flows.
struct FlowRecordTests {
  private func texts(_ prompt: Prompt) -> [String] {
    prompt.displays.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  private func written(_ prompt: Prompt) -> [String] {
    prompt.displays.compactMap { display in
      guard case .notes(let notes) = display, let note = notes.first, note.message.hasPrefix("wrote ") else {
        return nil
      }
      return String(note.message.dropFirst("wrote ".count))
    }
  }

  @Test func everyResultSaysWhereItComesFrom() {
    let prompt = Prompt()
    prompt.enter("load people\nprofile |> as report\nreport.rows\nreport")
    #expect(prompt.places.map(\.verb) == ["load", "profile", nil, nil])
    #expect(prompt.places.map(\.line) == [1, 2, 3, 4])
    #expect(prompt.places.map(\.stage) == [1, 2, nil, nil])
    #expect(prompt.places.map(\.words).suffix(2) == ["report.rows", "report"])
    #expect(prompt.places.first?.words.hasPrefix("load") == true)
  }

  @Test func aReportTellsWhatItsFlowHasShownAndTheLookThatItFollows() {
    let prompt = Prompt()
    prompt.enter("load people\ndrop name\nprofile\nexport \"a.html\"")
    #expect(texts(prompt) == ["profile of load 1, drop 0, profile 1, export 0"])
  }

  @Test func aReportTellsOfNoOtherFlow() {
    let prompt = Prompt()
    prompt.enter("load people\nas first\nprofile\nload later\nexport \"b.html\"\nfirst |> export \"a.html\"")
    #expect(texts(prompt) == ["load 0, export 0", "load 1, profile 1, export 0"])
  }

  @Test func whatWasUndoneIsNotTold() {
    let prompt = Prompt()
    prompt.enter("load people")
    prompt.enter("drop name |> profile")
    #expect(prompt.session.undo() != nil)
    prompt.enter("export \"a.html\"")
    #expect(texts(prompt) == ["load 1, export 0"])
  }

  @Test func aStageThatFailedIsNotTold() {
    let prompt = Prompt()
    prompt.enter("load people")
    prompt.enter("fail")
    prompt.enter("export \"a.html\"")
    #expect(texts(prompt) == ["load 1, export 0"])
  }

  @Test(
    "after a requirement that was not met only reports are written",
    arguments: [
      "load people\nrequire rows >= 4\ndrop name\nexport \"x.csv\"\nexport \"x.html\"",
      "load people |> require rows >= 4 |> drop name |> export \"x.csv\" |> export \"x.html\"",
      "define tell {\n  drop name\n  export \"x.html\"\n}\nload people\nrequire rows >= 4\ntell",
      "load people\nas all\nrequire rows >= 4\nload later\nexport \"y.html\"\nall |> export \"x.html\"",
    ])
  func reportsAfterARequirement(script: String) {
    let prompt = Prompt()
    #expect(prompt.run(script) == .notMet)
    #expect(written(prompt) == ["x.html"])
    #expect(prompt.diagnostics.map(\.code) == [.requirementNotMet])
    // The note of the requirement, and that it was not met.
    #expect(texts(prompt).first?.contains("require 2") == true, "\(texts(prompt))")
  }

  @Test func afterAnotherFailureNothingIsWritten() {
    let prompt = Prompt()
    #expect(prompt.run("load people\nfail\nexport \"x.html\"") == .failed)
    #expect(written(prompt).isEmpty)
  }

  @Test func theOldestResultsAreGivenUp() {
    var record = FlowRecord()
    let table = Display.table(DisplayTable(["a"], rows: Array(repeating: [.int(1)], count: 50_000)))
    var origins: Set<Int> = []
    for line in 1...9 {
      let place = StagePlace(verb: "show", line: line, stage: line, words: "show")
      origins = record.begin(place, of: origins, isOrigin: line == 1)
      record.show(table)
    }
    #expect(record.stages.count == 9 && record.stages.last?.displays.count == 1)
    #expect(record.stages.first?.displays.isEmpty == true)
    #expect(record.leftOut + record.stages.reduce(0) { $0 + $1.displays.count } == 9)
    #expect(record.stages.reduce(0) { $0 + $1.displays.reduce(0) { $0 + $1.cellCount } } <= 200_000)
  }
}
