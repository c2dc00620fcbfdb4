import Foundation
import Kernels
import Metrics
import ProgramRunning
import Testing

/// Metrics on drawn answers against scikit-learn's on the same, to 1e-9: also on so few rows that figures are undefined.
@Suite(.enabled(if: Judge.isThere, "\(Judge.absence)")) struct MetricJudgeTests {
  @Test func metricsEqualThoseOfScikitLearn() throws {
    let cases = (0..<120).map { DrawnAnswers(seed: UInt64($0), isScarce: $0 >= 40) }
    let scratch = try ScratchFolder()
    let input = try scratch.write(cases.map(\.json).joined(separator: "\n") + "\n", to: "cases.jsonl")
    let judge = Repository.root + "/Tests/Judges/metrics_judge.py"
    let shell = Program(path: "/bin/sh")
    let python = try #require(Judge.python)
    let ended = try shell.run(["-c", "\"$0\" \"$1\" <\"$2\"", python.path, judge, input])
    let lines = ended.output.split(separator: "\n")
    try #require(lines.count == cases.count, "\(ended.errors)")
    var (compared, undefined) = (0, 0)
    for (drawn, line) in zip(cases, lines) {
      let expected = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(Set(expected.keys) == Set(MetricCatalog.metrics(for: drawn.judgement.task).map { $0.name }))
      for (name, value) in expected.sorted(by: { $0.key < $1.key }) {
        let ours = try #require(MetricCatalog.named(name)).value(drawn.judgement).number
        guard let theirs = value as? Double else {
          #expect(ours == nil, "\(name) of \(drawn.json)")
          undefined += 1
          continue
        }
        let value = try #require(ours, "\(name) of \(drawn.json)")
        #expect(abs(value - theirs) <= 1e-9 * max(1, abs(theirs)), "\(name) of \(drawn.json)")
        compared += 1
      }
    }
    #expect(compared > 1000 && undefined > 100)
  }
}

/// Answers drawn from a seed: two classes, up to six, or numbers, with ties and rare classes.
private struct DrawnAnswers {
  let judgement: Judgement
  let json: String

  /// Scarce ones have few rows, classes that are not there, and labels that are 0 or constant.
  init(seed: UInt64, isScarce: Bool) {
    var random = CounterRandom(seed: seed, stream: 1)
    let rows = Int.random(in: isScarce ? 1...5 : 8...60, using: &random)
    if seed % 3 == 2 {
      let truth = (0..<rows).map { _ in
        isScarce ? Double(Int.random(in: -1...1, using: &random)) : Double.random(in: -50...50, using: &random)
      }
      let answers = truth.map { $0 + Double.random(in: -9...9, using: &random) }
      judgement = Judgement(trueValues: truth, predictedValues: answers)
      json = "{\"task\": \"regression\", \"true\": \(truth), \"predicted\": \(answers)}"
      return
    }
    let classes = seed % 3 == 0 ? 2 : Int.random(in: 3...6, using: &random)
    let truth = (0..<rows).map { row in
      !isScarce && row < classes ? row : Int.random(in: 0..<classes, using: &random)
    }
    let chances = (0..<rows).map { _ in Self.chances(classes, &random) }
    let answers = chances.map { row in row.indices.max { row[$0] < row[$1] } ?? 0 }
    judgement = Judgement(
      trueCodes: truth.map { Int32($0) }, predictedCodes: answers.map { Int32($0) },
      probabilities: chances.flatMap { $0 }, classCount: classes)
    let task = classes == 2 ? "binary" : "multiclass"
    json =
      "{\"task\": \"\(task)\", \"classes\": \(classes), \"positive\": 1, \"true\": \(truth), \"predicted\": \(answers), \"probabilities\": \(chances)}"
  }

  /// Shares in sixteenths, so that rows tie and sums are exact.
  private static func chances(_ classes: Int, _ random: inout CounterRandom) -> [Double] {
    var left = 16
    var shares: [Double] = []
    for _ in 1..<classes {
      let share = Int.random(in: 0...left, using: &random)
      shares.append(Double(share) / 16)
      left -= share
    }
    return shares + [Double(left) / 16]
  }
}
