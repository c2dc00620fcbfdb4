import Diagnostics
import Display
import Interpreter
import Kernels
import Plan
import Tables
import Testing

@testable import Verbs

/// Plots of models, against the figures that `eval` and `explain` give.
@Suite(.serialized) struct ModelPlotTests {
  static let binary = "load titanic\ndrop name\nlabel survived\nsplit valid: 0.3, test: 0.2, seed: 7\n"
  static let many = "load penguins\nlabel species\nsplit valid: 0.3, test: 0.2, seed: 7\n"
  static let number = "load diabetes\nlabel progression\nsplit valid: 0.3, test: 0.2, seed: 7\n"

  private static func figure(_ shown: Shown, _ name: String) -> Double? {
    shown.metrics.last?.rows.first { $0.name == name }?.figures.first.flatMap { $0?.value }
  }

  /// The area under straight lines between points.
  private static func area(_ x: [Double], _ y: [Double]) -> Double {
    x.indices.dropFirst().reduce(0.0) { sum, place in
      sum + (x[place] - x[place - 1]) * (y[place] + y[place - 1]) / 2
    }
  }

  @Test func theAreaUnderTheCurveIsTheMetric() throws {
    let shown = Shown(Self.binary + "train logistic\neval\nplot roc")
    let plot = try #require(shown.plots.first)
    let (x, y) = (plot.numbers(plot.x), plot.numbers(plot.y))
    let auc = try #require(Self.figure(shown, "auc"))
    #expect(abs(Self.area(x, y) - auc) < 1e-9 && plot.reference == .diagonal)
    #expect(zip(x, x.dropFirst()).allSatisfy { $0 <= $1 } && zip(y, y.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(x.first == 0 && y.first == 0 && x.last == 1 && y.last == 1)
  }

  @Test func eachOfManyClassesHasItsCurve() throws {
    let plot = try #require(Shown(Self.many + "train tree\nplot roc").plots.first)
    let names = try #require(plot.colour.flatMap { plot.data[$0] })
    #expect(Set((0..<names.count).map { names[$0] }).count == 3)
  }

  @Test func stepsUnderThePrecisionAreItsMean() throws {
    let shown = Shown(Self.binary + "train logistic\neval\nplot pr")
    let plot = try #require(shown.plots.first)
    let (recall, precision) = (plot.numbers("recall"), plot.numbers("precision"))
    let mean = recall.indices.dropFirst().reduce(0.0) { sum, place in
      sum + (recall[place] - recall[place - 1]) * precision[place]
    }
    let expected = try #require(Self.figure(shown, "average_precision"))
    #expect(abs(mean - expected) < 1e-9)
    guard case .level(let share)? = plot.reference else {
      Issue.record("nothing to hold it against")
      return
    }
    #expect(abs(share - 0.38) < 0.02)
  }

  @Test func calibrationCountsEveryRowOnce() throws {
    let plot = try #require(Shown(Self.binary + "train logistic\nplot calibration, bins: 5").plots.first)
    #expect(plot.numbers("rows").reduce(0, +) == 393 && plot.data.rowCount <= 5)
    #expect(plot.numbers(plot.y).allSatisfy { (0...1).contains($0) })
    for (place, said) in plot.numbers(plot.x).enumerated() where plot.data.rowCount == 5 {
      #expect(said >= Double(place) / 5 && said <= Double(place + 1) / 5)
    }
  }

  @Test func theConfusionMatrixIsThatOfEval() {
    let shown = Shown(Self.many + "train tree\neval\nplot confusion")
    #expect(shown.matrices.count == 2 && shown.matrices[0].counts == shown.matrices[1].counts)
  }

  @Test func residualsComeToTheErrorOfEval() throws {
    let shown = Shown(Self.number + "train linear\neval\nplot residuals")
    let plot = try #require(shown.plots.first)
    let residuals = plot.numbers(plot.y)
    let rmse = (residuals.reduce(0) { $0 + $1 * $1 } / Double(residuals.count)).squareRoot()
    let expected = try #require(Self.figure(shown, "rmse"))
    #expect(abs(rmse - expected) < 1e-9 && plot.reference == .level(0))
  }

  @Test func importancesAreThoseOfExplain() throws {
    let shown = Shown(Self.binary + "train logistic\nexplain\nplot importance")
    let plot = try #require(shown.plots.first)
    let rows = try #require(shown.tables.first { $0.columns.map(\.name) == ["column", "importance", "±"] }).rows
    #expect(plot.numbers("importance") == rows.compactMap { $0[1].number })
  }

  @Test(arguments: [("train logistic", "weight (per sd of a scaled input)"), ("train tree", "")])
  func coefficientsAreOfWeightedSumsOnly(training: String, y: String) {
    let shown = Shown(Self.binary + training + "\nplot coefficients")
    #expect((shown.plots.first?.y ?? "") == y)
    #expect(shown.diagnostics.map(\.code.rawValue).contains("unsupported") == y.isEmpty)
  }

  @Test func coefficientsHaveTheSignOfWhatTheySpeakFor() throws {
    let table = try #require(Shown(Self.binary + "train logistic\nexplain").tables.last)
    #expect(table.columns.map(\.name) == ["input", "coefficient", "per sd", "odds ratio"])
    let rows = Dictionary(table.rows.map { ($0[0], $0) }, uniquingKeysWith: { first, _ in first })
    let female = try #require(rows[.text("sex=female")]?[1].number)
    let age = try #require(rows[.text("age")])
    #expect(female > 0 && (age[1].number ?? 0) < 0 && abs(age[2].number ?? 0) > abs(age[1].number ?? 0))
    #expect((age[3].number ?? 2) < 1 && rows[.text("(intercept)")] != nil)
  }

  @Test func coefficientsOfManyClassesHaveAColumnEach() throws {
    let table = try #require(Shown(Self.many + "train logistic\nexplain").tables.last)
    #expect(table.columns.map(\.name) == ["input", "Adelie", "Chinstrap", "Gentoo"])
  }

  @Test func aTreeTellsItsRowsAtEachNode() throws {
    let shown = Shown(Self.many + "train tree, depth: 3\nplot tree, levels: 2\nplot tree")
    let (cut, whole) = (try #require(shown.trees.first), try #require(shown.trees.last))
    #expect(whole.nodes.count == whole.totalNodes && cut.totalNodes == whole.totalNodes)
    #expect(
      cut.nodes.map(\.depth).max() == 2 && cut.nodes.count + cut.nodes.reduce(0) { $0 + $1.omitted } == cut.totalNodes)
    let leaves = whole.nodes.filter(\.isLeaf)
    #expect(leaves.count == whole.totalLeaves && leaves.compactMap(\.rows).reduce(0, +) == whole.nodes[0].rows)
    // Below a node stand its own rows, whether the tree is cut or not.
    #expect(
      abs((cut.nodes[0].share ?? 0) - (whole.nodes[0].share ?? 1)) < 1e-12 && cut.nodes[1].rows == whole.nodes[1].rows)
    #expect(whole.nodes[1].rule?.contains("<=") == true)
  }

  @Test func aTreeOfCategoriesNamesThemAndWhereMissingGoes() throws {
    let tree = try #require(Shown(Self.binary + "train tree, depth: 3\nplot tree").trees.first)
    let rules = tree.nodes.compactMap(\.rule)
    #expect(rules.contains("sex == \"female\"") && rules.contains("sex == \"male\""))
    #expect(
      rules.filter { $0.hasPrefix("age") }.count { $0.hasSuffix(" or missing") } * 2
        == rules.count { $0.hasPrefix("age") })
  }

  @Test func aTreeOfNumbersHasTheMeanOfItsRows() throws {
    let shown = Shown(Self.number + "train tree, depth: 2\nplot tree")
    let nodes = try #require(shown.trees.first).nodes
    let leaves = nodes.filter(\.isLeaf)
    let sum = leaves.reduce(0.0) { sum, leaf in
      sum + (leaf.answer.number ?? 0) * Double(leaf.rows ?? 0)
    }
    let mean = try #require(nodes[0].answer.number)
    #expect(abs(sum / Double(nodes[0].rows ?? 0) - mean) < 1e-9 && nodes[0].share == nil)
  }

  @Test func whatAModelIsStaysInItsPackage() throws {
    let script = try #require(
      Scripts.inFolder(
        Self.many
          + "train tree, depth: 2\nexport \"m.mlpkg\"\nload \"m.mlpkg\"\nplot tree\nload penguins\nlabel species\n"
          + "split valid: 0.3, seed: 7\ntrain logistic\nexport \"n.mlpkg\"\nplot coefficients\nload \"n.mlpkg\"\nplot coefficients"
      ))
    let shown = Shown(script)
    let tree = try #require(shown.trees.first)
    // A package has no rows: leaves tell their answers, the nodes above do not.
    #expect(tree.nodes.allSatisfy { $0.rows == nil && ($0.answer == .missing) == !$0.isLeaf })
    #expect(shown.plots.count == 2 && shown.plots[0].data == shown.plots[1].data)
  }

  @Test(arguments: [(binary, "roc"), (many, "confusion"), (number, "residuals")])
  func theLabelChoosesTheMark(script: String, mark: String) {
    let algorithm = script == Self.number ? "linear" : "logistic"
    let shown = Shown(script + "train \(algorithm)\nplot\nplot \(mark)")
    #expect(shown.plots.count == 2 || shown.matrices.count == 2)
    #expect(shown.plots.first == shown.plots.last && shown.matrices.first == shown.matrices.last)
  }

  @Test(
    "what does not fit a model is found before anything runs",
    arguments: [
      (number + "train linear\nplot roc", "unsupported", "what fits: residuals, importance, coefficients"),
      (
        binary + "train logistic\nplot residuals", "unsupported",
        "what fits: roc, pr, calibration, confusion, importance, coefficients"
      ),
      (
        binary + "train boost\nplot coefficients", "unsupported",
        "`plot importance` shows which inputs a model relies on"
      ),
      (binary + "train logistic\nplot tree", "unsupported", "`train tree` makes a tree that can be read"),
      (binary + "train logistic\nplot hist, age", "wrong-subject", nil),
      (binary + "train logistic\nplot auc", "unknown-method", nil),
      (binary + "train logistic\nplot roc, bins: 5", "bad-option", "it is for hist, heatmap, calibration"),
      (binary + "train logistic\nplot roc, age", "unexpected-argument", nil),
    ] as [(String, String, String?)])
  func refusals(script: String, code: String, help: String?) {
    let found = Scripts.session().check(SourceFile(name: "test.mlp", text: script)).diagnostics.filter {
      $0.severity == .error
    }
    #expect(found.map(\.code.rawValue) == [code])
    if let help { #expect(found.first?.help.contains(help) == true, "\(found)") }
  }

  @Test(
    "a tree has no table of figures, which is found before anything runs",
    arguments: [("csv", true), ("jsonl", true), ("json", false), ("html", false), ("md", false)])
  func aTreeAsAFile(ending: String, isRefused: Bool) {
    let script = Self.many + "train tree\nplot tree\nexport \"no-such-tree.\(ending)\""
    let found = Scripts.session().check(SourceFile(name: "test.mlp", text: script)).diagnostics.filter {
      $0.severity == .error
    }
    #expect(found.map(\.code.rawValue) == (isRefused ? ["wrong-subject"] : []))
  }

  @Test func narrationIsOfTheSameValues() throws {
    let shown = Shown(Self.binary + "train logistic\neval\nexplain narrate: true")
    let text = try #require(shown.texts.last)
    #expect(text.hasPrefix("The model relies most on 'sex': shuffled on the valid part it makes log_loss worse by 0."))
    #expect(
      text.contains("'sex=male' speaks against 'yes' (odds × ") && text.contains("a higher 'age' speaks against 'yes'"))
    let accuracy = try #require(Self.figure(shown, "accuracy"))
    #expect(text.contains("answers \(NumberText.of(accuracy, .percent(decimals: 1))) of 393 rows right"))
    let baseline = try #require(Self.figure(shown, "baseline accuracy"))
    #expect(
      text.contains("always answering 'no' would be right for \(NumberText.of(baseline, .percent(decimals: 1)))"))
  }

  @Test func narrationOfATreeTellsWhatItAsksFirst() throws {
    let shown = Shown(Self.many + "train tree, depth: 3\nexplain narrate: true")
    let (text, tree) = (try #require(shown.texts.last), try #require(shown.trees.first))
    let rule = try #require(tree.nodes[1].rule)
    #expect(
      text.contains("The tree asks first whether \(rule): where it is so \(tree.nodes[1].rows ?? 0) training rows"))
  }

  @Test func narrationOfNumbersTellsTheErrorBesideTheMean() throws {
    let shown = Shown(Self.number + "train linear\neval\nexplain narrate: true")
    let rmse = try #require(Self.figure(shown, "rmse"))
    let text = try #require(shown.texts.last)
    #expect(
      text.contains("off by \(NumberText.figure(rmse)) (rmse, ")
        && text.contains("where the mean alone would be off by"))
  }

  @Test func withoutNarrateThereAreNoSentences() {
    #expect(Shown(Self.binary + "train logistic\nexplain").texts.isEmpty)
  }
}
