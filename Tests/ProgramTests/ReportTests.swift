import Foundation
import ProgramRunning
import Testing

/// Reports as they come out of a run: what the terminal shows, in one file that asks for nothing.
@Suite(.serialized) struct ReportTests {
  private static let titanic = """
    load titanic
    validate age in 0..120, class in ["1st", "2nd", "3rd"]
    profile
    drop name
    impute age = median
    label survived, positive: "yes"
    split train: 0.6, valid: 0.2, test: 0.2, stratify: survived, seed: 7
    train [dummy, logistic], minimize: log_loss
    eval by: sex
    require auc >= 0.7, log_loss <= 0.7
    test
    explain
    """
  private static let diamonds = """
    load diamonds
    profile
    label price
    split valid: 0.2, test: 0.2, seed: 7
    train linear
    eval by: cut
    require r2 >= 0.5
    test
    explain repeats: 1
    """
  private static let penguins = """
    load penguins
    schema
    label species
    split valid: 0.3, test: 0.2, stratify: species, seed: 7
    train [dummy, logistic]
    eval by: island
    test accuracy >= 0.5
    explain
    """

  /// Runs a script and gives how it ended, with the folder that it wrote to.
  private static func run(_ script: String) throws -> (ended: Program.Ended, folder: ScratchFolder) {
    let folder = try ScratchFolder()
    let file = try folder.write(script, to: "flow.mlp")
    // Wide enough that nothing is cut.
    let settings = ["MLP_STDLIB": Repository.root + "/stdlib", "COLUMNS": "4000", "LC_ALL": "C.UTF-8"]
    return (
      try Program.mlp.run(["run", file, "--seed", "7", "--no-color"], in: folder.path, environment: settings), folder
    )
  }

  private static func text(_ name: String, _ folder: ScratchFolder) throws -> String {
    try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
  }

  /// What a page says, without its markup and styles.
  private static func words(_ page: String) -> String {
    let body = page.replacing(#/<style>(?s:.*?)<\/style>/#, with: " ").replacing(#/<[^>]*>/#, with: " ")
    return [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")].reduce(body) {
      $0.replacingOccurrences(of: $1.0, with: $1.1)
    }
  }

  /// How often each figure stands in a text.
  private static func figures(_ text: String) -> [String: Int] {
    text.matches(of: #/-?[0-9]+(?:\.[0-9]+)?(?:e[-+][0-9]+)?%?/#).reduce(into: [:]) {
      $0[String($1.output), default: 0] += 1
    }
  }

  @Test(arguments: [titanic, diamonds, penguins])
  func everyFigureOnTheTerminalIsInTheReport(flow: String) throws {
    let (ended, folder) = try Self.run(flow + "\nexport \"r.html\"\nexport \"r.md\"\n")
    try #require(ended.status == 0, "\(ended.output)\n\(ended.errors)")
    let shown = Self.figures(ended.output)
    #expect(shown.count > 40)
    let page = Self.words(try Self.text("r.html", folder))
    let there = Self.figures(page)
    for (figure, count) in shown {
      #expect(there[figure, default: 0] >= count, "\(figure), \(count) times on the terminal")
    }
    let markdown = Self.figures(try Self.text("r.md", folder))
    for figure in shown.keys { #expect(markdown[figure] != nil, "\(figure) in Markdown") }
    for line in flow.split(separator: "\n") { #expect(page.contains(line), "\(line)") }
  }

  @Test func theReportSaysWhatItWasMadeOfAndAsksForNothing() throws {
    let (ended, folder) = try Self.run(Self.titanic + "\nexport \"r.html\"\n")
    try #require(ended.status == 0, "\(ended.errors)")
    let page = try Self.text("r.html", folder)
    // `sha256sum stdlib/data/titanic.csv`
    let data = try Data(contentsOf: URL(fileURLWithPath: Repository.root + "/stdlib/data/titanic.csv"))
    let folderOfData = try ScratchFolder()
    try data.write(to: URL(fileURLWithPath: folderOfData.path + "/titanic.csv"))
    let sum = try Program(path: "/usr/bin/env").run(["sha256sum", "titanic.csv"], in: folderOfData.path)
    #expect(page.contains(try #require(sum.output.split(separator: " ").first)))
    for words in ["titanic.csv", "flow.mlp", "mlp 0.", "<dt>seed</dt><dd>7</dd>", "line 11", "<svg"] {
      #expect(page.contains(words), "\(words)")
    }
    for word in ["http:", "https:", "src=", "href=", "@import", "url("] { #expect(!page.contains(word), "\(word)") }
    let sides = try #require(page.firstRange(of: "by the rows it was judged by"))
    let head = page[sides.upperBound...].prefix(400)
    let valid = try #require(head.firstRange(of: ">valid<"))
    #expect(head[valid.upperBound...].contains(">test<"))
  }

  @Test func aReportHoldsTheLookThatWasExported() throws {
    let (ended, folder) = try Self.run(
      Self.titanic + "\neval by: class |> export \"a.html\"\nexplain |> export \"b.html\"\n")
    try #require(ended.status == 0, "\(ended.errors)")
    let (one, other) = (try Self.text("a.html", folder), try Self.text("b.html", folder))
    #expect(one.contains("<h1>Evaluation of ") && other.contains("<h1>Explanation of "))
    // The slices stand in both: the second is of the same flow, and comes later.
    for slice in ["1st", "2nd", "3rd"] { #expect(one.contains(">\(slice)</th>") && other.contains(">\(slice)</th>")) }
    for words in ["auc &gt;= 0.7", ">met<"] { #expect(one.contains(words) && other.contains(words), "\(words)") }
    #expect(other.contains("when a column is shuffled"))
  }

  @Test(arguments: ["require auc >= 0.999", "test auc >= 0.999"])
  func afterWhatWasNotMetTheReportIsWrittenAndNothingElse(stage: String) throws {
    let flow = Self.titanic.split(separator: "\n").prefix(9).joined(separator: "\n")
    let (ended, folder) = try Self.run(
      flow
        + "\n\(stage)\nexplain\nexport \"m.onnx\"\nexport \"m.mlpkg\"\nexport \"r.html\"\nload iris\nexport \"i.html\"\n"
    )
    #expect(ended.status == 4, "\(ended.errors)")
    let written = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(written == ["flow.mlp", "r.html"])
    let page = Self.words(try Self.text("r.html", folder))
    #expect(page.contains("not met") && page.contains("what follows was not run"))
    #expect(!ended.output.contains("when a column is shuffled"))
  }

  @Test func figuresAreDataThatIsReadAgain() throws {
    let (ended, folder) = try Self.run(
      Self.titanic
        + "\nexport \"importances.csv\"\neval by: sex |> export \"metrics.csv\" |> export \"metrics.json\"\nrequire auc > 0.5 |> export \"verdicts.tsv\"\n"
    )
    try #require(ended.status == 0, "\(ended.errors)")
    #expect(try Self.text("importances.csv", folder).hasPrefix("column,importance,"))
    let metrics = try Self.text("metrics.csv", folder)
    #expect(metrics.hasPrefix("metric,better,all,") && metrics.contains("\nauc,higher,0."))
    #expect(try Self.text("verdicts.tsv", folder).hasPrefix("requirement\treached\tverdict\nauc > 0.5\t0."))
    let json = try JSONSerialization.jsonObject(with: Data(try Self.text("metrics.json", folder).utf8))
    let parts = try #require((json as? [String: Any])?["parts"] as? [[String: Any]])
    #expect(parts.compactMap { $0["kind"] as? String }.starts(with: ["metrics", "confusion_matrix"]))
    let again = try folder.write("load \"metrics.csv\"\nfilter metric == \"auc\"\nshow", to: "again.mlp")
    let read = try Program.mlp.run(["run", again, "--json", "--quiet"], in: folder.path)
    #expect(read.status == 0 && read.output.contains(#"{"name":"all","type":"float"}"#), "\(read.errors)")
  }

  @Test func aTableIsNotWrittenAsFiguresOfALook() throws {
    let (ended, folder) = try Self.run("load iris\nprofile\nexport \"iris.csv\"\n")
    #expect(ended.status == 0)
    #expect(try Self.text("iris.csv", folder).split(separator: "\n").count == 151)
    // JSON takes both: what was looked at last, else the rows.
    let flow =
      "load iris\nexport \"iris.json.gz\"\nprofile\nexport \"profile.json\"\nload \"iris.json.gz\"\nexport \"again.csv\"\n"
    let (written, both) = try Self.run(flow)
    #expect(written.status == 0, "\(written.errors)")
    #expect(try Self.text("profile.json", both).hasPrefix("{\"kind\":"))
    #expect(try Self.text("again.csv", both) == Self.text("iris.csv", folder))
  }
}
