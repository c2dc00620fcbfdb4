import Foundation
import ProgramRunning
import Testing

/// What a bound of memory keeps elsewhere gives the bytes that it gives in memory.
@Suite(.serialized) struct BoundedMemoryTests {
  private static let model = """
    load "learn.csv"
    impute x = median
    derive z = x * 2 + y
    label kind
    split test: 0.2, seed: 3
    train tree, depth: 4
    as model
    """

  static let flows = [
    "\(model)\nload \"rows.csv\"\nas rows\nmodel\n|> predict rows\nexport \"out.csv\"",
    "\(model)\n|> predict \"rows.csv\"\nexport \"out.csv\"",
    // Steps that the model has and others, rows that are left out and put in order.
    """
    \(model)
    load "rows.csv"
    impute x = median
    filter y > 10
    rename w = y
    rename y = w
    derive note = x + 1
    sort y, id
    select note, x, y, id
    as rows
    model
    |> predict rows
    export "out.csv"
    """,
    "load \"rows.csv\"\nvalidate unique(word), unique(id), on_fail: quarantine, quarantine: \"out.csv\"",
    "load \"rows.csv\"\nvalidate unique(word), on_fail: drop\nexport \"out.csv\"",
    """
    load "rows.csv"
    filter y > 40
    sample 5000, seed: 4
    label y
    drop word
    split test: 0.5, seed: 9
    train linear
    as model
    load "learn.csv"
    as rows
    model
    |> predict rows
    export "out.csv"
    """,
  ]

  /// Stages that read rows together.
  static let relations = [
    """
    load "rows.csv"
    group by: word, n = count(), total = sum(y), m = mean(x), s = sd(x), half = median(x), usual = mode(y), \
    kinds = count_distinct(kind), start = first(id), end = last(kind)
    """,
    """
    load "rows.csv"
    group by: [kind, y], n = count(), q = quantile(x, 0.9), words = count_distinct(word), least = min(word), \
    c = correlation(x, id)
    """,
    """
    load "rows.csv"
    derive before = lag(x), mean7 = rolling_mean(x, 7, 1), so_far = cum_sum(y), place = rank(), by: kind, \
    order: {x: down}
    """,
    "load \"rows.csv\"\npivot names: kind, values: y, by: y, using: sum",
    "load \"rows.csv\"\nselect id, x, y\nunpivot x, y",
    """
    load "rows.csv"
    select word, y
    rename weight = y
    as other
    load "rows.csv"
    join other, on: word, how: inner
    """,
    "load \"rows.csv\"\nselect id, x\nfilter x > 500\nas other\nload \"rows.csv\"\njoin other, on: id, how: asof",
    "load \"rows.csv\"\nas other\nload \"rows.csv\"\nunion other, source: origin\nsort word, y = down",
    "load \"rows.csv\"\ndedupe word, kind",
  ]

  private static let folder: Result<ScratchFolder, any Error> = Result {
    let folder = try ScratchFolder()
    try folder.write(rows(2000), to: "learn.csv")
    try folder.write(rows(400_000), to: "rows.csv")
    return folder
  }

  private static func rows(_ count: Int) -> String {
    var text = "id,x,y,word,kind\n"
    var state: UInt64 = 5
    func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    for row in 0..<count {
      let x = next(9) == 0 ? "" : "\(next(1000)).5"
      let y = next(100)
      text += "\(row),\(x),\(y),word number \(next(300_000)) of a longer text,\(y > 50 ? "high" : "low")\n"
    }
    return text
  }

  @Test(arguments: flows) func theBytesAreThoseInMemory(flow: String) throws {
    try expectSameBytes(flow, [[], ["--memory", "64MB"]])
  }

  @Test(arguments: relations) func theBytesAreThoseInMemoryOnAnyNumberOfThreads(flow: String) throws {
    try expectSameBytes(flow + "\nexport \"out.csv\"", Self.onAnyThreads)
  }

  /// Tables that are kept in memory, some of which a later stage needs.
  static let kept = [
    "sort x, id = down", "filter x > 100\nsort y", "dedupe x, y",
    "group by: id, n = count(), h = median(x), m = mode(y), s = sd(y), l = last(y)",
    "derive before = lag(x), so_far = cum_sum(y), order: {x: down}\nunpivot x, before, so_far",
    "derive c = correlation(x, id), half = median(x), by: y",
  ].map { stages in
    """
    load "rows.csv"
    select id, x, y
    as first
    load "rows.csv"
    select id, y, x
    rename x2 = x, y2 = y
    as second
    load "rows.csv"
    select id, x, y
    \(stages)
    join first, on: id
    join second, on: id
    """
  }

  /// What is kept goes to a file where a stage needs the room, which says so.
  @Test(arguments: kept) func whatIsKeptMakesRoom(flow: String) throws {
    let ended = try expectSameBytes(flow + "\nexport \"out.csv\"", Self.onAnyThreads)
    #expect(ended.contains { $0.errors.contains("of rows went to temporary files") }, "\(flow)")
  }

  private static let onAnyThreads: [[String]] = {
    let threads = ["1", "2", "4"].map { ["--threads", $0] }
    return threads + threads.map { $0 + ["--memory", "64MB"] }
  }()

  /// How the runs ended.
  @discardableResult
  private func expectSameBytes(_ flow: String, _ bounds: [[String]]) throws -> [Program.Ended] {
    let folder = try Self.folder.get().path
    let settings = ["MLP_STDLIB": Repository.root + "/stdlib"]
    var files: [Data] = []
    var runs: [Program.Ended] = []
    for bound in bounds {
      let ended = try Program.mlp.run(bound + ["--seed", "7", "-e", flow], in: folder, environment: settings)
      runs.append(ended)
      try #require(ended.status == 0 || flow.contains("quarantine"), "\(flow)\n\(ended.output)\n\(ended.errors)")
      files.append(try Data(contentsOf: URL(fileURLWithPath: folder + "/out.csv")))
      try FileManager.default.removeItem(atPath: folder + "/out.csv")
    }
    #expect(!files[0].isEmpty && Set(files).count == 1, "\(flow)")
    return runs
  }
}
