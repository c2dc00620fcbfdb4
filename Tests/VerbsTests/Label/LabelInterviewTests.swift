import Diagnostics
import Display
import Engine
import Foundation
import Interpreter
import Kernels
import Synchronization
import Testing

@testable import Verbs

/// Labels that are given at a prompt: whoever answers here is a function of what is shown.
@Suite(.serialized) struct LabelInterviewTests {
  /// Answers by what stands on the screen, and keeps all of it.
  private final class Answerer: Questioner {
    private let shown = Mutex<[Display]>([])
    private let questions = Mutex<[[Fact]]>([])
    private let answer: @Sendable (_ question: Int, _ facts: [Fact]) -> QuestionReply

    init(_ answer: @escaping @Sendable (_ question: Int, _ facts: [Fact]) -> QuestionReply) { self.answer = answer }

    func show(_ display: Display) { shown.withLock { $0.append(display) } }

    func ask(_ prompt: String) -> QuestionReply {
      let last = shown.withLock { shown -> [Fact] in
        for case .facts(let facts) in shown.reversed() { return facts }
        return []
      }
      let count = questions.withLock { questions in
        questions.append(last)
        return questions.count
      }
      return answer(count, last)
    }

    var asked: [[Fact]] { questions.withLock { $0 } }
    var texts: [String] {
      shown.withLock { $0.compactMap { if case .text(let text) = $0 { text } else { nil } } }
    }
  }

  private final class Place {
    let folder = FileManager.default.temporaryDirectory.path + "/mlp-answers-\(UUID().uuidString)"
    private(set) var codes: [DiagnosticCode] = []
    private(set) var notes: [String] = []
    private var session: Session?

    /// 60 rows whose class `x` tells: half and half.
    init() throws {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let rows = (0..<60).map { "id\($0),\($0 % 30),\(["a", "b", "c"][$0 % 3])" }
      try write("x.csv", "id,x,z\n" + rows.joined(separator: "\n") + "\n")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func write(_ name: String, _ text: String) throws {
      try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }

    func lines(_ name: String) -> [String] {
      let text = (try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)) ?? ""
      return text.split(separator: "\n").map(String.init)
    }

    /// Runs a script in a session of its own.
    @discardableResult
    func run(_ text: String, _ questioner: (any Questioner)? = nil) -> RunStatus {
      var session = Session(
        Reference.vocabulary,
        SessionSetting(
          executor: LocalExecutor(), seed: 1, isInteractive: questioner != nil, folder: WorkingFolder.current,
          readScript: { _ throws(ScriptReadFailure) in "" }, questioner: questioner))
      (codes, notes) = ([], [])
      return session.enter(text.replacingOccurrences(of: "FOLDER", with: folder), Progress()) { event in
        switch event {
        case .diagnostic(let diagnostic, _): self.codes.append(diagnostic.code)
        case .display(let display, _): self.take(display)
        default: break
        }
      }
    }

    private func take(_ display: Display) {
      switch display {
      case .notes(let found): notes += found.map(\.message)
      case .group(let parts): for part in parts { take(part) }
      default: break
      }
    }
  }

  private static func x(_ facts: [Fact]) -> Int {
    guard case .int(let value)? = facts.first(where: { $0.name == "x" })?.value else { return -1 }
    return Int(value)
  }

  private static func truth(_ facts: [Fact]) -> String { x(facts) >= 15 ? "high" : "low" }

  private static let ask = "load \"FOLDER/x.csv\"\nlabel y, answers: \"FOLDER/y.csv\", classes: [\"low\", \"high\"]"

  @Test func answersAreKeptAndAScriptReadsThem() throws {
    let place = try Place()
    let person = Answerer { _, facts in .line(Self.truth(facts)) }
    #expect(place.run(Self.ask + ", ask: 12, key: id", person) == .done)
    #expect(person.asked.count == 12)
    #expect(place.lines("y.csv").first == "id,y" && Set(place.lines("y.csv")).count == 13)
    #expect(place.run(Self.ask + ", key: id\nsplit test: 0.25, seed: 1\ntrain logistic") == .done)
    #expect(place.notes.contains { $0.hasPrefix("label: 12 labels from") })
    #expect(place.notes.contains("48 rows have no label"))
  }

  @Test func aRowThatIsUncertainComesNext() throws {
    let place = try Place()
    let person = Answerer { _, facts in .line(Self.truth(facts)) }
    #expect(place.run(Self.ask + ", ask: 20, columns: x", person) == .done)
    // Classes meet at 14 and 15: what is asked late lies nearer to there than what is asked by chance.
    let last = person.asked.suffix(8).map { abs(Double(Self.x($0)) - 14.5) }
    #expect(last.reduce(0, +) / 8 < 4)
    #expect(person.asked.allSatisfy { $0.map(\.name) == ["x"] })
    #expect(person.texts.contains { $0.hasPrefix("guess: ") && $0.contains("probability 0.") })
  }

  @Test func anInterruptLosesNothingAndTheSameLineGoesOn() throws {
    let place = try Place()
    let first = Answerer { question, facts in question > 3 ? .interrupted : .line(Self.truth(facts)) }
    #expect(place.run(Self.ask + ", ask: 10, key: id", first) == .interrupted)
    #expect(place.lines("y.csv").count == 4)
    let second = Answerer { question, facts in question > 4 ? .ended : .line(Self.truth(facts)) }
    #expect(place.run(Self.ask + ", ask: 10, key: id", second) == .done)
    #expect(place.lines("y.csv").count == 8)
    let rows = place.lines("y.csv").dropFirst().map { $0.split(separator: ",")[0] }
    #expect(Set(rows).count == 7)
  }

  @Test func theLastAnswerIsTakenBackAndItsRowAskedAgain() throws {
    let place = try Place()
    let script = ["low", "high", "u", "low", "s", "nonsense", "high", "u", "u", "q"]
    let person = Answerer { question, _ in .line(script[question - 1]) }
    _ = place.run(Self.ask + ", ask: 10, key: id", person)
    let asked = person.asked.map { "\($0)" }
    #expect(asked[1] == asked[3])
    #expect(asked[5] == asked[6] && asked[4] != asked[5])
    #expect(place.lines("y.csv").count == 2)
    #expect(place.lines("y.csv").last?.hasSuffix(",low") == true)
  }

  @Test func rowsToldByTheirNumberAreFoundOutWhenTheyAreOthers() throws {
    let place = try Place()
    let person = Answerer { _, facts in .line(Self.truth(facts)) }
    #expect(place.run(Self.ask + ", ask: 6", person) == .done)
    #expect(place.lines("y.csv").first == "row,check,y")
    #expect(place.run(Self.ask) == .done)
    let derived = Self.ask.replacingOccurrences(of: "\nlabel", with: "\nderive w = x * 2\nlabel")
    #expect(place.run(derived) == .done)
    let turned = Self.ask.replacingOccurrences(of: "\nlabel", with: "\nsort x = down\nlabel")
    #expect(place.run(turned) == .failed)
    #expect(place.codes == [.badLabel])
  }

  @Test func nobodyIsAskedWhereNobodyIs() throws {
    let place = try Place()
    #expect(place.run(Self.ask + ", ask: 6") == .failed)
    #expect(place.codes.map(\.rawValue) == ["not-found"])
  }

  @Test(arguments: [
    ("id,y\nid1,low\nid1,high\n", "key: id", "bad-label"), ("id,y\nid1,lower\n", "key: id", "bad-label"),
    ("id,label\nid1,low\n", "key: id", "bad-format"), ("row,y\n1,low\n2,high\n", "", ""),
    ("id,y\nid1,low\nid2,high\nnobody,low\n", "key: id", ""), ("id,y\nid1,low\nid2,high\n", "key: z", "bad-format"),
    ("z,y\na,low\n", "key: z", "bad-option"),
  ])
  func aFileOfAnswersIsReadAsItIsWritten(text: String, option: String, code: String) throws {
    let place = try Place()
    try place.write("y.csv", text)
    let status = place.run(Self.ask + (option.isEmpty ? "" : ", \(option)"))
    #expect(place.codes.map(\.rawValue) == (code.isEmpty ? [] : [code]))
    #expect((status == .done) == code.isEmpty)
  }

  @Test func columnsOfOthersAreNotLost() throws {
    let place = try Place()
    try place.write("y.csv", "id,y,remark\nid1,low,sure\nid2,high,\n")
    let person = Answerer { _, facts in .line(Self.truth(facts)) }
    #expect(place.run(Self.ask + ", ask: 6, key: id", person) == .failed)
    #expect(person.asked.isEmpty && place.lines("y.csv").count == 3)
    #expect(place.run(Self.ask + ", key: id") == .done)
  }

  @Test(arguments: [
    ("label y, ask: 5", "missing-argument"), ("label y = if x > 3 then \"a\" else \"b\", ask: 5", "bad-option"),
    ("label x, classes: [\"a\", \"b\"]", "bad-option"), ("label y, ask: 5, classes: [\"a\"]", "bad-option"),
    ("label y, ask: 5, classes: [\"a\", 1]", "bad-option"), ("label x, ask: 5, classes: [\"a\", \"b\"]", "wrong-type"),
    ("label y, ask: 5, classes: [\"a\", \"b\"], default: \"a\"", "bad-option"),
    ("impute x = mean\nlabel y, ask: 5, classes: [\"a\", \"b\"]", "fitted-too-early"),
  ])
  func whatCannotBeAskedIsSaidBeforeAnythingRuns(words: String, code: String) throws {
    let place = try Place()
    let person = Answerer { _, _ in .ended }
    #expect(place.run("load \"FOLDER/x.csv\"\n\(words)", person) == .staticErrors)
    #expect(place.codes.map(\.rawValue) == [code])
    #expect(person.asked.isEmpty)
  }
}
