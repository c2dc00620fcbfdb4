import Descriptions
import Kernels
import Tables
import Testing

@testable import Formats

/// Labels with the features that are not zero, as LIBSVM, SVMlight and scikit-learn write them.
@Suite struct LibSVMTests {
  private func source(_ text: String, _ options: [String: RawValue] = [:]) -> any TableSource {
    LibSVMFormat.source("t.svm", bytes: Array(text.utf8), ReadingRequest(Options(options)))
  }

  private func rows(_ text: String, _ options: [String: RawValue] = [:]) throws(SourceError) -> SourceRows {
    try source(text, options).read(columns: nil, Progress())
  }

  private func failure(_ text: String, _ options: [String: RawValue] = [:]) -> SourceError? {
    do throws(SourceError) {
      _ = try rows(text, options)
      return nil
    } catch { return error }
  }

  /// Many plain lines, so that what follows lies beyond the sample.
  private static let sampled = String(repeating: "1 1:1 3:0.5\n", count: 8000)

  @Test func featuresThatAreLeftOutAreZero() throws {
    let table = try rows("# made by hand\n+1 1:0.5 3:2 # a comment\n\n-1\n1 2:-1e3\r\n").table
    #expect(table.names == ["label", "f1", "f2", "f3"] && table.types == [.int, .float, .float, .float])
    #expect(table["label"] == .int(Cells([1, -1, 1])))
    #expect(table["f1"] == .float(Cells([0.5, 0, 0])) && table["f2"] == .float(Cells([0, 0, -1000])))
    #expect(table["f3"] == .float(Cells([2, 0, 0])))
  }

  @Test func queriesAndFeaturesFromZero() throws {
    let table = try rows("2.5 qid:7 0:1\n0 qid:7 1:1\n1 1:2\n").table
    #expect(table.names == ["label", "qid", "f0", "f1"] && table["qid"] == .int(Cells([7, 7, nil], filler: 0)))
    #expect(table["label"] == .float(Cells([2.5, 0, 1])) && table["f0"] == .float(Cells([1, 0, 0])))
  }

  @Test func severalLabelsAreText() throws {
    #expect(try rows("1,3 1:1\n2 1:1\n").table["label"] == .text(TextCells(["1,3", "2"])))
  }

  @Test func whatIsNoNumberIsMissing() throws {
    let read = try rows("1 1:nan 2:inf\n1 1:1 2:2\n")
    #expect(
      read.table["f1"] == .float(Cells([nil, 1], filler: 0)) && read.table["f2"] == .float(Cells([nil, 2], filler: 0)))
    #expect(read.notes == ["column 'f2': 1 infinite number is missing"])
  }

  @Test(arguments: [
    ("1 2:1 2:3", "has feature 2 behind feature 2"), ("1 3:1 1:3", "has feature 1 behind feature 3"),
    ("1 x:1", "'x:1', which is no `number:value`"), ("1 5", "'5', which is no `number:value`"),
    ("1:2 3:4", "has no label"),
    ("1 1:2 qid:3", "`qid` that is none"), ("1 qid:x", "`qid` that is none"), ("1 99999999999:1", "no `number:value`"),
  ])
  func aLineThatIsNoRowIsAnErrorThatNamesIt(line: String, words: String) {
    let error = failure("1 1:1 2:1 3:1\n# a comment\n" + line + "\n")
    guard case .badRow(2, _, let problem, _)? = error?.reason else {
      Issue.record("\(line): \(String(describing: error))")
      return
    }
    #expect(error?.line == 3 && problem.contains(words), "\(problem)")
  }

  @Test func aValueThatIsNoNumberIsAnErrorThatNamesItsColumn() {
    #expect(
      failure("1 1:1 2:x\n")?.reason == .badCell(row: 1, column: "f2", text: "x", type: .float, others: 0))
    #expect(
      failure(Self.sampled + "yes 1:1\n")?.reason
        == .badCell(row: 8001, column: "label", text: "yes", type: .int, others: 0))
  }

  /// What the sample has not is an error, unless it was said how many features there are.
  @Test func featuresBeyondTheSample() throws {
    let late = Self.sampled + "1 5:2\n"
    guard case .badRow(8001, _, let problem, _)? = failure(late)?.reason else {
      Issue.record("it was read")
      return
    }
    #expect(problem == "has feature 5, and the first 64 KiB have 1 to 3; `features: 5` makes room for it")
    let table = try rows(late, ["features": .int(5)]).table
    #expect(table.names.last == "f5" && table["f5"]?[8000] == .float(2) && table["f5"]?[0] == .float(0))
    #expect(failure(late, ["features": .int(4)]) != nil)
    #expect(failure(Self.sampled + "1 qid:3 1:1\n") != nil)
  }

  @Test func moreFeaturesThanATableTakesAreRefused() {
    guard case .tooLarge(let words)? = failure("1 20000:1\n")?.reason else {
      Issue.record("it was read")
      return
    }
    #expect(words.contains("20000"))
  }

  @Test func rowsAndColumnsAreCut() throws {
    let options: [String: RawValue] = ["rows": .int(2), "columns": .list([.text("f2"), .text("label")])]
    let table = try rows("1 2:5\n2 2:6\n3 x", options).table
    #expect(table.names == ["f2", "label"] && table.words("f2") == ["5.0", "6.0"])
  }

  /// Wide rows of few words come in small blocks: their cells are many times their text.
  @Test func theTableIsTheSameOnAnyNumberOfThreads() throws {
    var random = CounterRandom(seed: 3)
    var text = ""
    for _ in 0..<1000 {
      let first = random.next(below: 900)
      text +=
        "\(random.next(below: 3)) \(first + 1):\(random.next(below: 100)) \(first + 2 + random.next(below: 90)):0.25\n"
    }
    let before = Threads.count
    defer { Threads.set(before) }
    Threads.set(1)
    let one = try rows(text).table
    Threads.set(4)
    #expect(try rows(text).table == one && one.rowCount == 1000)
  }

  @Test func typesMayBeStated() throws {
    let types = RawValue.record([RawField("label", .word("text")), RawField("f1", .word("int"))])
    let table = try rows("1 1:5\n", ["types": types]).table
    #expect(table["label"] == .text(TextCells(["1"])) && table["f1"] == .int(Cells([5])))
  }
}
