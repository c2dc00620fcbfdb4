import Caching
import Diagnostics
import Display
import Engine
import Expressions
import Foundation
import Interpreter
import Kernels
import Plan
import Synchronization
import Tables
import Testing
import Verbs

/// A run with a cache shows and writes what a run without one does, whatever of the cache is there, and damaged or not.
@Suite(.serialized) struct CacheTests {
  @Test func aCacheNeverShows() {
    let property = Property(150) { CacheCase($0).compare() }
    for failure in property.failures.prefix(5) { Issue.record("\(failure)") }
    #expect(property.failures.isEmpty, "\(property.failures.count) of the cases failed")
    #expect(Property.only != nil || property.held >= 100, "only \(property.held) held: \(property.refused)")
  }

  private static let flow = [
    "load \"FILE\"", "validate a > -1, on_fail: warn", "filter a != missing", "derive c = a * k", "impute b = median",
    "label y", "split train: 0.7, test: 0.3, seed: 1", "train tree", "eval", "show",
  ]

  /// Ten stages on a file that has been there for a while.
  private func flow(_ folder: CaseFolder) -> [String] {
    let rows = (0..<90).map { "\($0),\($0 % 7 == 0 ? "" : "\($0 % 5)"),\($0 % 3 == 0 ? "no" : "yes")" }
    let file = folder.write((["a,b,y"] + rows).joined(separator: "\n") + "\n", to: "rows.csv")
    return ["let k = 2"] + Self.flow.map { $0.replacing("FILE", with: file) }
  }

  private func run(_ lines: [String], _ folder: CaseFolder, seed: UInt64 = 7, program: String = "test") -> ScriptRun {
    ScriptRun(lines.joined(separator: "\n") + "\n", .pruned, seed: seed, cache: CacheCase.cache(folder, program))
  }

  @Test func onlyTheStagesFromTheChangedOneOnAreRun() {
    let folder = CaseFolder()
    var lines = flow(folder)
    #expect(run(lines, folder).unchanged.map { [$0.count, $0.all] } == [0, 10])
    #expect(run(lines, folder).unchanged.map { [$0.count, $0.all] } == [10, 10])
    lines[7] = "split train: 0.6, test: 0.4, seed: 1"
    let changed = run(lines, folder)
    #expect(changed.unchanged.map { [$0.count, $0.all] } == [6, 10])
    #expect(changed.shown == ScriptRun(lines.joined(separator: "\n") + "\n", .pruned).shown)
  }

  /// Of ten stages how many were not run after a change.
  private func unchanged(after change: (inout [String], CaseFolder) -> Void, seed: UInt64 = 7, program: String = "test")
    -> Int?
  {
    let folder = CaseFolder()
    var lines = flow(folder)
    _ = run(lines, folder)
    change(&lines, folder)
    return run(lines, folder, seed: seed, program: program).unchanged?.count
  }

  @Test func everyIngredientOfAKeyCounts() {
    #expect(unchanged(after: { _, _ in }) == 10)
    #expect(unchanged(after: { _, _ in }, seed: 8) == 0)
    #expect(unchanged(after: { _, _ in }, program: "another") == 0)
    #expect(unchanged(after: { lines, _ in lines[0] = "let k = 2.0" }) == 3)
    #expect(unchanged(after: { lines, _ in lines[0] = "let k = 3" }) == 3)
    #expect(unchanged(after: { lines, _ in lines[3] = "filter a != missing and a > 3" }) == 2)
    #expect(unchanged(after: { lines, _ in lines[8] = "train tree, depth: 2" }) == 7)
    #expect(unchanged(after: { lines, _ in lines[10] = "show rows: 3" }) == 9)
    #expect(
      unchanged(after: { _, folder in
        _ = folder.write("a,b,y\n" + String(repeating: "1,2,no\n2,,yes\n3,1,yes\n", count: 30), to: "rows.csv")
      }) == 0)
  }

  @Test func whatChangesNothingIsNoIngredient() {
    #expect(
      unchanged(after: { lines, _ in
        lines = lines.map { "  # a remark\n" + $0.replacing(", ", with: ",   ") + "   # another\n" }
      }) == 10)
    #expect(unchanged(after: { lines, _ in lines.insert("let other = 5", at: 0) }) == 10)
    // The same bytes, written again.
    #expect(
      unchanged(after: { _, folder in
        let bytes = (try? DurableFile.read(folder.path + "/rows.csv", limit: 1 << 20)) ?? []
        _ = folder.write(String(decoding: bytes, as: UTF8.self), to: "rows.csv")
      }) == 10)
  }

  /// Columns of several numbers a cell are kept as they are stored, and read back, in memory or chunk by chunk.
  @Test func vectorsAreKept() throws {
    let folder = CaseFolder()
    let lines = [flow(folder)[1], "encode y = onehot", "sort a = down", "filter b != 1", "show", "profile"]
    let plain = ScriptRun(lines.joined(separator: "\n") + "\n", .pruned)
    #expect(run(lines, folder).shown == plain.shown)
    #expect(CacheCase.files(folder).contains { $0.contains("/rows/") })
    // The last stage is another, so that the value of those before it is asked for.
    let more = lines + ["select y", "show rows: 7"]
    let second = run(more, folder)
    #expect(second.unchanged.map { [$0.count, $0.all] } == [6, 8])
    #expect(second.shown == ScriptRun(more.joined(separator: "\n") + "\n", .pruned).shown)
  }

  @Test func aFunctionAndANamedValueAreIngredients() {
    let folder = CaseFolder()
    var lines = ["let g(x) = x * 2", "let f(x) = g(x) + 1"] + flow(folder)[1...3]
    lines += ["derive d = f(a)", "as t", "t", "show rows: 3"]
    _ = run(lines, folder)
    #expect(run(lines, folder).unchanged?.count == 6)
    lines[0] = "let g(x) = x * 3"
    #expect(run(lines, folder).unchanged?.count == 3)
    lines[6] = "filter d > 3\nas t"
    #expect(run(lines, folder).unchanged?.count == 4)
  }

  /// Another table that a stage names is an ingredient: what it was made of, or the bytes of its file.
  @Test func aTableThatIsJoinedIsAnIngredient() {
    let folder = CaseFolder()
    let load = flow(folder)[1]
    var lines = [load, "filter b != 1", "as other", load, "join other, on: a", "union other", "show rows: 3"]
    _ = run(lines, folder)
    #expect(run(lines, folder).unchanged?.count == 6)
    lines[1] = "filter b != 2"
    #expect(run(lines, folder).unchanged?.count == 2)
    let file = folder.write("a,v\n1,2\n3,4\n", to: "other.csv")
    lines = [load, "join \"\(file)\", on: a", "show rows: 3"]
    _ = run(lines, folder)
    #expect(run(lines, folder).unchanged?.count == 3)
    _ = folder.write("a,v\n1,2\n3,5\n", to: "other.csv")
    let changed = run(lines, folder)
    #expect(changed.unchanged?.count == 1)
    #expect(changed.shown == ScriptRun(lines.joined(separator: "\n") + "\n", .pruned).shown)
  }

  @Test func anExportIsRunAgainWhereItsFileIsAnother() {
    let folder = CaseFolder()
    let target = folder.path + "/out.csv"
    let lines = flow(folder)[0...3] + ["export \"\(target)\""]
    _ = run(Array(lines), folder)
    let bytes = try? DurableFile.read(target, limit: 1 << 20)
    #expect(bytes?.isEmpty == false)
    #expect(run(Array(lines), folder).unchanged?.count == 4)
    _ = folder.write("something else", to: "out.csv")
    #expect(run(Array(lines), folder).unchanged?.count == 3)
    #expect((try? DurableFile.read(target, limit: 1 << 20)) == bytes)
    unlink(target)
    #expect(run(Array(lines), folder).unchanged?.count == 3)
    #expect((try? DurableFile.read(target, limit: 1 << 20)) == bytes)
  }

  /// An opening is counted whether its stage is run or not.
  @Test func openingsAreCounted() {
    let folder = CaseFolder()
    let lines = flow(folder)[0...8] + ["test", "test"]
    let first = run(Array(lines), folder)
    let second = run(Array(lines), folder)
    #expect(second.unchanged?.count == second.unchanged?.all && second.shown == first.shown)
    #expect(first.shown.contains { $0.contains("opened 2 times") })
    let third = run(Array(lines) + ["test"], folder)
    #expect(third.shown.contains { $0.contains("opened 3 times") })
  }

  /// At the prompt a stage that has not changed is not run again, neither after `undo`.
  @Test func aSessionRemembersItsStages() {
    let executor = CountingExecutor()
    let setting = SessionSetting(
      executor: executor, seed: 1, isInteractive: true, folder: WorkingFolder(),
      readScript: { _ throws(ScriptReadFailure) in throw ScriptReadFailure("not here") },
      cache: StageCache(program: "test", rowsFile: ChunkRowsFile()))
    var session = Session(Vocabulary(VerbCatalog.all), setting)
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = tests.deletingLastPathComponent().path + "/stdlib/data/iris.csv"
    var shown: [[String]] = []
    func enter(_ text: String) {
      var displays: [String] = []
      #expect(
        session.enter(text, Kernels.Progress()) { event in
          if case .display(let display, _) = event { displays.append(JSONRenderer().value(display).text) }
        } == .done)
      shown.append(displays)
    }
    let flow = "load \"\(data)\"\nsort sepal_length_cm\nshow"
    enter(flow)
    let made = executor.count
    #expect(made == 2)
    enter(flow)
    #expect(executor.count == made && shown[1] == shown[0] && !shown[0].isEmpty)
    _ = session.undo()
    enter(flow)
    #expect(executor.count == made && shown[2] == shown[0])
    enter("load \"\(data)\"\nsort sepal_width_cm\nshow")
    #expect(executor.count == made + 1 && shown[3] != shown[0])
  }

  @Test func eachFlippedBitIsNoticed() throws {
    let folder = CaseFolder()
    let lines = Array(flow(folder)[0...4])
    let more = lines + ["sort c = down", "show"]
    _ = run(lines, folder)
    let expected = ScriptRun(more.joined(separator: "\n") + "\n", .pruned).shown
    var random = CounterRandom(seed: 5, stream: 9)
    var whole: [String: [UInt8]] = [:]
    for file in CacheCase.files(folder) { whole[file] = try DurableFile.read(file, limit: 1 << 24) }
    #expect(whole.keys.filter { $0.contains("/rows/") }.count >= 3)
    for (file, content) in whole where !file.contains("/files/") {
      for _ in 0..<12 {
        for other in CacheCase.files(folder) where whole[other] == nil { unlink(other) }
        var bytes = content
        bytes[random.next(below: bytes.count)] ^= 1 << UInt8(random.next(below: 8))
        if random.next(below: 4) == 0 { bytes = Array(content.prefix(random.next(below: content.count))) }
        try DurableFile.write(bytes, to: file)
        let again = run(more, folder)
        #expect(again.shown == expected)
        #expect(again.cacheProblems == ["damaged-cache"], "\(file)")
        try DurableFile.write(content, to: file)
      }
    }
  }
}

/// Counts the rows that are computed.
private final class CountingExecutor: Executor {
  private let inner = LocalExecutor()
  private let computed = Atomic<Int>(0)

  var count: Int { computed.load(ordering: .relaxed) }

  func rows(_ relation: Relation, _ progress: Kernels.Progress) throws(EngineError) -> Collected {
    if relation.kept.current == nil { computed.add(1, ordering: .relaxed) }
    return try inner.rows(relation, progress)
  }

  func table(_ relation: Relation, columns: Set<String>?, _ progress: Kernels.Progress) throws(EngineError)
    -> Tables.Table
  {
    try rows(relation, progress).rows.table(columns, progress)
  }

  func base(_ relation: Relation, _ progress: Kernels.Progress) throws(EngineError) -> Tables.Table {
    try inner.base(relation, progress)
  }

  func baseRows(_ relation: Relation, _ progress: Kernels.Progress) throws(EngineError) -> Rows {
    try inner.baseRows(relation, progress)
  }

  func collect(
    _ progress: Kernels.Progress,
    _ make: (_ keep: (Tables.Table) throws(EngineError) -> Void) throws(EngineError) -> Void
  ) throws(EngineError) -> Rows {
    try inner.collect(progress, make)
  }
}

/// Random steps on a random table that are run without a cache, with an empty one, with a full one, and with a damaged one.
struct CacheCase {
  private let table: RandomTable
  private let rows: [[String]]
  private let lines: [String]
  private let seed: UInt64

  init(_ seed: UInt64) {
    var random = CounterRandom(seed: seed, stream: 0xCA)
    self.seed = seed
    table = RandomTable(&random)
    let recipe = RandomRecipe(table, &random)
    rows = table.rows(40, withUnseen: false, &random)
    var lines: [String] = []
    let looks = ["profile", "show", "schema", "validate y != missing, on_fail: warn", "as rows", "dedupe"]
    for step in recipe.before {
      lines.append(step)
      if random.next(below: 3) == 0 { lines.append(looks[random.next(below: looks.count)]) }
    }
    lines += ["filter y != missing", "export \"TARGET\""]
    if random.next(below: 3) > 0 {
      lines += ["label y", "split train: 0.7, test: 0.3, seed: 5"] + recipe.after
      lines.append(["train tree", "train [dummy, tree]", "train logistic"][random.next(below: 3)])
      for _ in 0..<random.next(below: 3) { lines.append(["eval", "as m", "show", "test"][random.next(below: 4)]) }
    }
    self.lines = lines
  }

  static func cache(_ folder: CaseFolder, _ program: String = "test") -> StageCache? {
    guard let cache = try? CacheFolder(folder.path + "/cache") else { return nil }
    return StageCache(program: program, folder: cache, rowsFile: ChunkRowsFile(), keeping: .all)
  }

  /// The files of a cache, in order.
  static func files(_ folder: CaseFolder) -> [String] {
    let place = folder.path + "/cache"
    let names = FileManager.default.enumerator(atPath: place)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.contains("/") }.sorted().map { place + "/" + $0 }
  }

  private struct Seen: Equatable {
    let shown: [String]
    let messages: [String]
    let status: RunStatus
    let written: [UInt8]?
  }

  private func run(_ lines: [String], _ folder: CaseFolder, _ cache: StageCache?, isPruned: Bool) -> Seen {
    let target = folder.path + "/out.csv"
    let script = lines.joined(separator: "\n").replacing("TARGET", with: target) + "\n"
    let run = ScriptRun(script, Execution(isPruned: isPruned), cache: cache)
    let written = try? DurableFile.read(target, limit: 1 << 24)
    return Seen(shown: run.shown, messages: run.messages, status: run.status, written: written)
  }

  func compare() -> Verdict {
    let folder = CaseFolder()
    let file = folder.write(table.file(rows), to: "rows.csv")
    let load = "load \"\(file)\", \(table.options(Expression.quoted))"
    let whole = [load] + lines
    if Property.only != nil { print(whole.joined(separator: "\n"), table.file(rows), separator: "\n") }
    var random = CounterRandom(seed: seed, stream: 0xCB)
    let isPruned = random.next(below: 2) == 0
    // What is asked of the rows after a stage that was not run.
    let cut = 1 + random.next(below: whole.count)
    let part = Array(whole[..<cut]) + [["show rows: 7", "profile", "schema"][random.next(below: 3)]]
    for (name, lines) in [("first", whole), ("second", whole), ("part", part), ("damaged", part), ("after", whole)] {
      unlink(folder.path + "/out.csv")
      let plain = run(lines, folder, nil, isPruned: isPruned)
      if plain.status == .staticErrors { return .refused(plain.messages.last ?? "") }
      if name == "damaged" { damage(folder, &random) }
      let cached = run(lines, folder, Self.cache(folder), isPruned: isPruned)
      if cached != plain {
        return .failed("\(name) \(lines): \(cached.messages) \(plain.messages) \(cached.shown) \(plain.shown)")
      }
    }
    return .held
  }

  private func damage(_ folder: CaseFolder, _ random: inout CounterRandom) {
    for file in Self.files(folder) where random.next(below: 2) == 0 {
      guard var bytes = try? DurableFile.read(file, limit: 1 << 24), !bytes.isEmpty else { continue }
      for _ in 0..<1 + random.next(below: 3) {
        bytes[random.next(below: bytes.count)] ^= UInt8(1 + random.next(below: 255))
      }
      try? DurableFile.write(bytes, to: file)
    }
  }
}
