import Foundation
import ProgramRunning
import Testing

/// Every mask and every way out of the program: after planted values every byte that was printed or written is searched.
@Suite(.serialized) struct LeakWalkTests {
  private static let loading = PrivacyProgramTests.loading
  private static let levels = PrivacyProgramTests.levels

  /// A mask for each guarded column, and `drop` for those that it does not take.
  private static let masks: [(name: String, stages: String)] = [
    ("redact", "mask [name, email, phone, ssn, card, iban, ip, born, note, income] = redact\n"),
    ("partial", "mask [name, email, phone, ip, born, note] = partial, [ssn, card, iban, income] = redact\n"),
    (
      "token",
      "mask [name, email, phone, ip, born, note, income] = token, [ssn, card, iban] = redact, key: \"env:MLP_TEST_KEY\"\n"
    ),
    (
      "hash",
      "mask [name, email, phone, ip, born, note, income] = hash, [ssn, card, iban] = redact, key: \"env:MLP_TEST_KEY\"\n"
    ),
    (
      "encrypt",
      "mask [name, email, phone, ip, born, note, income] = encrypt, [ssn, card, iban] = redact, key: \"env:MLP_TEST_KEY\"\n"
    ),
    (
      "generalise",
      "mask [name, email, phone, ip, note] = generalise(2), born = generalise(year), income = generalise(1000000), [ssn, card, iban] = redact\n"
    ),
    ("bin", "mask [name, email, phone, ip, note, born, ssn, card, iban] = redact, income = bin\n"),
    (
      "noise",
      "mask income = noise(10000000), seed: 3\nmask [name, email, phone, ip, note, born, ssn, card, iban] = redact\n"
    ),
    (
      "shift", "mask born = shift(20), seed: 3\nmask [name, email, phone, ip, note, income, ssn, card, iban] = redact\n"
    ),
    (
      "synthesise",
      "mask [name, email, phone, ip, note] = synthesise, seed: 3\nmask [born, income, ssn, card, iban] = redact\n"
    ),
    ("drop", "mask [name, email, phone, ip, note, born, income, ssn, card, iban] = drop\n"),
    ("anonymise", "mask [ssn, card, iban] = redact\nanonymise name, email, phone, ip, note, born, income, k: 5\n"),
  ]

  /// All that shows, writes and tells, on rows behind masks.
  private static let looks = """
    schema
    show rows: 200
    profile
    suggest_rules
    plot bar, town
    plot correlation
    validate town == "Oslo", plan == "gold", on_fail: quarantine, quarantine: "bad.csv", extract: "fails.csv"
    anonymity town, plan
    """

  /// What changes rows as a whole, which takes no column that is fitted.
  private static let changes = """

    sort town
    dedupe
    derive twice = upper(town)
    group by: [town, plan], n = count(), left = first(left)
    show
    export "groups.csv"
    export "groups.html"

    """

  private static let formats = ["csv", "tsv", "jsonl", "json", "parquet", "arrow", "xlsx"]

  @Test(arguments: masks.map(\.name)) func aMaskHidesEverywhere(name: String) throws {
    let mask = try #require(Self.masks.first { $0.name == name })
    let planted = try PlantedTable()
    let exports = Self.formats.map { "export \"rows.\($0)\"\n" }.joined()
    let walk = name == "bin" ? Self.looks : Self.looks + Self.changes
    let start = Self.loading + Self.levels + mask.stages
    for json in [false, true] {
      let (status, text) = try planted.run(start + exports + walk, json: json)
      #expect(status == 0, "\(name): \(text.suffix(3000))")
      try Self.search(planted, text, name)
    }
    // Compressed files tell when they are read again.
    for format in ["parquet", "arrow", "xlsx"] {
      let read = try planted.run("load \"rows.\(format)\"\nexport \"again.csv\"\n")
      #expect(read.status == 0, "\(format): \(read.text)")
      #expect(try planted.found(in: planted.bytes("again.csv")).isEmpty, "\(name) in \(format)")
    }
    for command in ["check", "plan", "fmt"] {
      let ended = try Program.mlp.run(
        [command, planted.folder.path + "/script.mlp", "--json"], in: planted.folder.path,
        environment: ["MLP_STDLIB": Repository.root + "/stdlib", "MLP_TEST_KEY": PlantedTable.key])
      try Self.search(planted, ended.output + ended.errors, command)
    }
  }

  private static func search(_ planted: PlantedTable, _ text: String, _ name: String) throws {
    let printed = planted.found(in: Data(text.utf8))
    #expect(printed.isEmpty, "\(name) printed \(printed.prefix(5))")
    for file in try planted.written() {
      let found = planted.found(in: try planted.bytes(file))
      #expect(found.isEmpty, "\(name) wrote \(found.prefix(5)) to \(file)")
    }
  }

  /// What goes wrong with cells is told by their place, whatever stands between `load` and `classify`.
  @Test(arguments: [
    "load \"people.csv\", types: {email: int}\n" + levels,
    "load \"people.csv\", types: {income: date}\n" + levels,
    "load \"people.csv\", types: {note: bool}\nclassify note = restricted\n",
    "load \"people.csv\"\nfilter name == \"Qv1000 Zplan\"\n" + levels,
    loading + levels + "filter name == \"Qv1000 Zplan\"\n",
    loading + "replace note = {\"saw qx1000 twic\": missing}\n" + levels,
    loading + levels + "fix note = number, unreadable: stop\n",
    loading + levels + "fix born = date, unreadable: stop\n",
    loading + levels
      + "filter left == \"yes\"\nselect plan, left, email\nfilter email == \"x\"\nlabel email\nsplit test: 0.2\n",
    loading + levels + "pivot names: plan, values: income, by: town\n",
    loading + levels + "pivot names: plan, values: left, by: email\n",
    loading + levels + "label name, positive: \"nobody\"\nsplit test: 0.2, seed: 1\ntrain tree\n",
    loading + levels + "validate income < 5, extract: \"fails.csv\"\n",
    loading + levels + "suggest_rules\nexport \"rules.mlp\"\n",
    loading + levels + "mask email = decrypt, key: \"env:MLP_TEST_KEY\"\n",
    loading + levels + "anonymise name, k: 1000\n",
    loading + levels + "mask income = token, key: \"env:MLP_NO_SUCH_KEY\"\n",
  ])
  func messagesTellNoCell(script: String) throws {
    for sandbox in [false, true] {
      for json in [false, true] {
        let planted = try PlantedTable()
        let (_, text) = try planted.run(script, sandbox: sandbox, json: json)
        // What is not refused may be seen on one's own screen.
        let isOwn = !sandbox && !text.contains("error")
        if !isOwn { #expect(planted.found(in: Data(text.utf8)).isEmpty, "\(script)\n\(text.prefix(2000))") }
        for file in try planted.written() {
          #expect(try planted.found(in: planted.bytes(file)).isEmpty, "\(script) wrote \(file)")
        }
      }
    }
  }

  /// A cache keeps nothing of rows that a later stage guards, and what is behind masks tells nothing.
  @Test func aCacheKeepsNothing() throws {
    let planted = try PlantedTable()
    let cache = planted.folder.path + "/cache"
    let script = try planted.folder.write(
      Self.loading + Self.levels + Self.masks[0].stages
        + "derive twice = upper(town)\nlabel left\nsplit test: 0.2, seed: 1\ntrain tree\neval\n", to: "script.mlp")
    for _ in 0..<2 {
      let ended = try Program.mlp.run(
        ["run", script, "--cache", cache], in: planted.folder.path,
        environment: ["MLP_STDLIB": Repository.root + "/stdlib", "MLP_TEST_KEY": PlantedTable.key])
      #expect(ended.status == 0, "\(ended.errors)")
      try Self.search(planted, ended.output + ended.errors, "a run with a cache")
    }
    // Without a word about levels rows are kept, so that the search looks where they would be.
    _ = try planted.folder.write(Self.loading + "sort town\nshow rows: 1\n", to: "script.mlp")
    _ = try Program.mlp.run(
      ["run", script, "--cache", cache], in: planted.folder.path,
      environment: ["MLP_STDLIB": Repository.root + "/stdlib"])
    let kept = try planted.written().filter { $0.hasPrefix("cache/") }
    let telling = try kept.filter { try !planted.found(in: planted.bytes($0)).isEmpty }
    #expect(!telling.isEmpty, "\(kept)")
  }

  /// Answers and the log of a service hold the masked cells of what it is sent, wrong requests included.
  @Test func aServiceRecordsNothing() throws {
    let planted = try PlantedTable()
    let (status, text) = try planted.run(
      Self.loading + Self.levels
        + "mask email = token, income = bin, card = redact, key: \"env:MLP_TEST_KEY\"\nselect email, income, card, town, left\n"
        + "label left\nsplit test: 0.2, seed: 1\ntrain tree\nexport \"m.mlpkg\"\n")
    #expect(status == 0, "\(text)")
    let service = try ServedPackage("m.mlpkg", in: planted, key: PlantedTable.key)
    defer { service.stop() }
    let (email, income, card) = (
      planted.values["email"]?[7] ?? "", planted.values["income"]?[7] ?? "", planted.values["card"]?[7] ?? ""
    )
    let right = try service.post(
      "{\"email\": \"\(email)\", \"income\": \(income), \"card\": \(card), \"town\": \"Oslo\"}")
    #expect(right.contains("prediction"), "\(right)")
    let wrong = try service.post("{\"email\": \"\(email)\", \"income\": \"about \(income)\", \"town\": \"Oslo\"}")
    #expect(wrong.contains("\"error\"") || wrong.contains("400"), "\(wrong)")
    _ = try service.post("[{\"email\": \"\(email)\", \"\(card)\": 1}")
    _ = try service.post("{\"email\": \"\(email)\", \"note\": \"saw \(card)\", \"town\": \"Oslo\", \"income\": 7}")
    service.stop()
    #expect(planted.found(in: Data(right.utf8)).isEmpty, "\(right)")
    try Self.search(planted, service.printed, "the service")
    #expect(try planted.written().contains("requests.db"))
  }
}
