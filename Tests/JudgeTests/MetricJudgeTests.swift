import Foundation
import Kernels
import Metrics
import ProgramRunning
import Testing

/// Metrics on drawn answers against scikit-learn's on the same, to 1e-9.
@Suite(.enabled(if: Judge.isThere, "\(Judge.absence)")) struct MetricJudgeTests {
  @Test func metricsEqualThoseOfScikitLearn() throws {
    let cases = (0..<40).map { DrawnAnswers(seed: UInt64($0)) }
    let scratch = try ScratchFolder()
    let input = try scratch.write(cases.map(\.json).joined(separator: "\n") + "\n", to: "cases.jsonl")
    let judge = Repository.root + "/Tests/Judges/metrics_judge.py"
    let shell = Program(path: "/bin/sh")
    let python = try #require(Judge.python)
    let ended = try shell.run(["-c", "\"$0\" \"$1\" <\"$2\"", python.path, judge, input])
    let lines = ended.output.split(separator: "\n")
    try #require(lines.count == cases.count, "\(ended.errors)")
    var compared = 0
    for (drawn, line) in zip(cases, lines) {
      let expected = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      for (name, value) in expected.sorted(by: { $0.key < $1.key }) {
        guard let theirs = value as? Double, let metric = MetricCatalog.named(name) else { continue }
        let value = metric.value(drawn.predictions)
        let ours = try #require(value, "\(name) of \(drawn.json)")
        #expect(abs(ours - theirs) <= 1e-9 * max(1, abs(theirs)), "\(name) of \(drawn.json)")
        compared += 1
      }
    }
    #expect(compared > 300)
  }
}

/// Answers drawn from a seed: two classes, up to six, or numbers, with ties and rare classes.
private struct DrawnAnswers {
  let predictions: Predictions
  let json: String

  init(seed: UInt64) {
    var random = CounterRandom(seed: seed, stream: 1)
    let rows = Int.random(in: 8...60, using: &random)
    if seed % 3 == 2 {
      let truth = (0..<rows).map { _ in Double.random(in: -50...50, using: &random) }
      let answers = truth.map { $0 + Double.random(in: -9...9, using: &random) }
      predictions = Predictions(trueValues: truth, predictedValues: answers)
      json = "{\"task\": \"regression\", \"true\": \(truth), \"predicted\": \(answers)}"
      return
    }
    let classes = seed % 3 == 0 ? 2 : Int.random(in: 3...6, using: &random)
    // Every class is there, or scikit-learn leaves some figures undefined.
    let truth = (0..<rows).map { $0 < classes ? $0 : Int.random(in: 0..<classes, using: &random) }
    let chances = (0..<rows).map { _ in Self.chances(classes, &random) }
    let answers = chances.map { row in row.indices.max { row[$0] < row[$1] } ?? 0 }
    predictions = Predictions(
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
