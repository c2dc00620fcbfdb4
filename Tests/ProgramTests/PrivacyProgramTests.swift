import Foundation
import ProgramRunning
import Testing

/// Known values are planted in every column of a table about persons; then every byte that the program writes or prints is searched for
/// them.
@Suite(.serialized) struct PrivacyProgramTests {
  static let loading = "load \"people.csv\"\n"
  static let levels =
    "classify [name, email, phone, ip, born, note, income] = confidential, [ssn, card, iban] = restricted\n"
  private static let masks = """
    mask name = synthesise, born = shift(20), seed: 4
    mask [ssn, card, iban] = redact, email = token, phone = hash, ip = generalise(3), note = redact, income = bin, key: "env:MLP_TEST_KEY"

    """

  // MARK: Refused

  @Test(arguments: [
    "show", "profile", "profile income", "plot income", "validate income > 0", "impute income = median",
    "fix note", "cast income = text", "replace plan = {tin: \"t\"}, note = {x: \"y\"}", "dedupe email",
    "outliers income", "as people\npeople", "sort income\nshow", "filter income > 0\nshow rows: 2",
    "derive told = upper(email)\ndrop name, email, phone, ssn, card, iban, ip, born, note, income\nshow",
    "rename alias = email\nselect alias, plan\nshow", "group by: email, n = count()\nshow",
    "group by: town, richest = max(income)\nshow", "select plan, card\nunpivot card, name: what, value: cell\nshow",
    "pivot names: card, values: plan, by: town, using: first", "select plan, ssn\nas b\nunion b\nshow",
    "select plan, ssn\nsplit test: 0.2, seed: 1\nshow", "derive d = lag(income), order: income\nselect d\nshow",
    "as p\nselect town, left\ndedupe town\njoin p, on: town\nshow",
  ])
  func nothingIsShownOnTheScreenOfASandbox(stages: String) throws {
    let planted = try PlantedTable()
    for json in [false, true] {
      let (status, text) = try planted.run(Self.loading + Self.levels + stages, json: json)
      #expect(status == 3 && text.contains("privacy-leak"), "\(stages): \(status)\n\(text.prefix(3000))")
      #expect(planted.found(in: Data(text.utf8)).isEmpty, "\(stages)\n\(text.prefix(3000))")
      #expect(try planted.written().isEmpty)
    }
  }

  @Test(arguments: [
    "export \"out.csv\"", "export \"out.parquet\"", "export \"out.jsonl\"", "export \"out.arrow\"",
    "export \"out.xlsx\"",
    "mask card = partial\nselect card\nexport \"out.csv\"", "show\nexport \"out.html\"", "profile\nexport \"out.md\"",
    "profile\nexport \"out.json\"", "validate income > 8000000, on_fail: quarantine, quarantine: \"odd.csv\"",
    "derive h = left(iban, 4)\nselect h\nexport \"out.tsv\"",
  ])
  func nothingIsWrittenWithoutAMask(stages: String) throws {
    let planted = try PlantedTable()
    // What a flow shows outside a sandbox its own screen may hold.
    let (status, text) = try planted.run(Self.loading + Self.levels + stages, sandbox: false)
    #expect(status == 3 && text.contains("privacy-leak"), "\(stages): \(status)\n\(text.prefix(2000))")
    #expect(planted.found(in: Data(text.utf8)).isEmpty)
    #expect(try planted.written().isEmpty)
  }

  @Test(arguments: [
    ("", "not masked"), ("mask income = noise(3)\n", "at hand"),
    ("impute income = median\nmask income = bin\n", "keeps cells"),
  ])
  func noModelLearnsFromOpenCells(masks: String, reason: String) throws {
    let planted = try PlantedTable()
    let script =
      Self.loading + Self.levels + masks
      + "select income, plan, left\nlabel left\nsplit test: 0.2, seed: 1\ntrain tree\n"
    let (status, text) = try planted.run(script, sandbox: false)
    #expect(status == 3 && text.contains("sensitive-feature") && text.contains(reason), "\(text)")
    #expect(planted.found(in: Data(text.utf8)).isEmpty)
  }

  @Test func aRestrictedColumnNeedsAWaiver() throws {
    let planted = try PlantedTable()
    let flow = "select plan, town, left\nlabel left\nsplit test: 0.2, seed: 1\ntrain tree\n"
    let refused = try planted.run(Self.loading + "classify plan = restricted\n" + flow)
    #expect(refused.status == 3 && refused.text.contains("sensitive-feature"))
    let allowed = try planted.run(Self.loading + "classify plan = restricted, waiver: \"an audit\"\n" + flow)
    #expect(allowed.status == 0, "\(allowed.text)")
    let lowered = try planted.run(Self.loading + "classify plan = restricted\nclassify plan = public\n" + flow)
    #expect(lowered.status == 3 && lowered.text.contains("reason"))
    let told = try planted.run(
      Self.loading + "classify plan = restricted\nclassify plan = public, reason: \"a mistake\"\n" + flow)
    #expect(told.status == 0, "\(told.text)")
  }

  /// Numbers and days that are made may meet a real one by chance; texts are drawn anew, and restricted ones may not be shown all the same.
  @Test func whatIsMadeLikeGuardedColumnsHoldsNoneOfTheirTexts() throws {
    let planted = try PlantedTable()
    let made = Self.loading + Self.levels + "as people\nsynth 150, like: people, seed: 4\ndrop born, income\n"
    let refused = try planted.run(made + "show")
    #expect(refused.status == 3 && refused.text.contains("privacy-leak"), "\(refused.text.prefix(2000))")
    let shown = try planted.run(made + "drop ssn, card, iban\nshow rows: 150\nexport \"made.csv\"\n")
    #expect(shown.status == 0, "\(shown.text.prefix(2000))")
    #expect(planted.found(in: Data(shown.text.utf8)).isEmpty)
    #expect(try planted.found(in: planted.bytes("made.csv")).isEmpty)
    let taught = try planted.run(
      made + "select email, plan, left\nlabel left\nsplit test: 0.2, seed: 1\ntrain logistic\n")
    #expect(taught.status == 3 && taught.text.contains("sensitive-feature"), "\(taught.text.prefix(2000))")
  }

  @Test func aSavedProfileHoldsNothingOfGuardedColumns() throws {
    let planted = try PlantedTable()
    // What is shown outside a sandbox its own screen may hold; the file goes to others.
    let script = Self.loading + Self.levels + "profile save: \"people.profile.json\"\n"
    let (status, text) = try planted.run(script, sandbox: false)
    #expect(status == 0, "\(text.prefix(2000))")
    let bytes = try planted.bytes("people.profile.json")
    #expect(planted.found(in: bytes).isEmpty)
    let profile = String(decoding: bytes, as: UTF8.self)
    // `name` is what the file calls the names of columns by.
    let named = PlantedTable.guarded.filter { $0 != "name" && profile.contains("\"\($0)\"") }
    #expect(profile.contains("\"town\"") && !profile.contains(": \"name\"") && named.isEmpty, "\(named)")
  }

  // MARK: Let through

  @Test func whatIsMaskedGoesEverywhereAndTellsNothing() throws {
    let planted = try PlantedTable()
    let script =
      Self.loading + Self.levels + Self.masks + """
        schema
        show rows: 50
        profile
        sort town
        derive mail = upper(email), twice = income * 2
        impute income = median
        export "rows.csv"
        export "rows.parquet"
        export "rows.jsonl"
        export "rows.xlsx"
        anonymity income, town, sensitive: plan
        drop name, born, twice
        label left
        split valid: 0.2, test: 0.2, seed: 3
        train [tree, logistic]
        eval by: town
        explain
        export "model.mlpkg"
        export "report.html"
        export "report.md"
        show
        """
    for json in [false, true] {
      let (status, text) = try planted.run(script, json: json)
      #expect(status == 0, "\(text.suffix(3000))")
      #expect(
        text.contains("***") && planted.found(in: Data(text.utf8)).isEmpty, "\(planted.found(in: Data(text.utf8)))")
    }
    let written = try planted.written()
    #expect(written.count == 7, "\(written)")
    for name in written {
      let found = try planted.found(in: planted.bytes(name))
      #expect(found.isEmpty, "\(name) holds \(found.prefix(5))")
    }
    let unpacked = try planted.run(
      "load \"rows.parquet\"\nexport \"parquet.csv\"\nload \"rows.xlsx\"\nexport \"xlsx.csv\"\n")
    #expect(unpacked.status == 0, "\(unpacked.text)")
    for name in ["parquet.csv", "xlsx.csv"] { #expect(try planted.found(in: planted.bytes(name)).isEmpty, "\(name)") }
    let csv = String(decoding: try planted.bytes("rows.csv"), as: UTF8.self)
    // What is behind a mask is there all the same.
    #expect(csv.split(separator: "\n").count == 121 && csv.contains("***"))
  }

  @Test func aModelIsScoredWhereItsKeyIs() throws {
    let planted = try PlantedTable()
    let trained = try planted.run(
      Self.loading
        + "classify town = confidential\nmask town = token, key: \"env:MLP_TEST_KEY\"\nselect town, plan, left\nlabel left\nsplit test: 0.2, seed: 1\ntrain tree\nexport \"m.mlpkg\"\n"
    )
    #expect(trained.status == 0, "\(trained.text)")
    let scoring = "load \"m.mlpkg\"\npredict \"people.csv\"\nselect prediction\nexport \"answers.csv\"\n"
    let scored = try planted.run(scoring)
    #expect(scored.status == 0, "\(scored.text)")
    // The raw column is as guarded in rows that the model scores.
    let leak = try planted.run("load \"m.mlpkg\"\npredict \"people.csv\"\nexport \"leak.csv\"\n")
    #expect(leak.status != 0 && leak.text.contains("privacy-leak"), "\(leak.text)")
    #expect(planted.found(in: Data(leak.text.utf8)).isEmpty)
    #expect(try planted.written() == ["answers.csv", "m.mlpkg"])
    let onnx = try planted.run("load \"m.mlpkg\"\nexport \"m.onnx\"\n")
    #expect(onnx.status != 0 && onnx.text.contains("token"), "\(onnx.text)")
    let without = try Program.mlp.run(
      ["-e", scoring], in: planted.folder.path,
      environment: ["MLP_STDLIB": Repository.root + "/stdlib", "MLP_TEST_KEY": "another key, as many bytes as that"])
    #expect(without.status != 0 && without.errors.contains("MLP_TEST_KEY"), "\(without.errors)")
  }

  @Test func aKeyThatIsWrittenOutIsNotRepeated() throws {
    let planted = try PlantedTable()
    let (status, text) = try planted.run(Self.loading + "mask email = token, key: \"\(PlantedTable.key)\"\n")
    #expect(status == 3 && text.contains("bad-option"), "\(text)")
    #expect(planted.found(in: Data(text.utf8)).isEmpty, "\(text)")
  }

  @Test func detectionProposesAndShowsNoCell() throws {
    let planted = try PlantedTable()
    let (status, text) = try planted.run(Self.loading + "classify\n")
    #expect(status == 0 && text.contains("classify ") && text.contains("email = confidential"), "\(text)")
    #expect(planted.found(in: Data(text.utf8)).isEmpty, "\(text)")
  }
}
