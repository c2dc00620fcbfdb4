import Engine
import Interpreter
import Kernels
import Plan
import Synchronization
import Tables
import Testing

@testable import Verbs

/// Columns that are derived cost what they are themselves, however many there are.
@Suite struct DerivedColumnsTests {
  /// Counts how often rows are asked for.
  private final class CountingExecutor: Executor {
    private let local = LocalExecutor()
    private let asked = Mutex(0)
    var count: Int { asked.withLock { $0 } }

    func rows(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Collected {
      asked.withLock { $0 += 1 }
      return try local.rows(relation, progress)
    }
    func table(_ relation: Relation, columns: Set<String>?, _ progress: Progress) throws(EngineError) -> Table {
      try local.table(relation, columns: columns, progress)
    }
    func baseRows(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Rows {
      try local.baseRows(relation, progress)
    }
    func collect(
      _ progress: Progress, _ make: (_ keep: (Table) throws(EngineError) -> Void) throws(EngineError) -> Void
    ) throws(EngineError) -> Rows {
      try local.collect(progress, make)
    }
    func base(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Table {
      try local.base(relation, progress)
    }
  }

  private func session(_ executor: any Executor) -> Session {
    Session(
      Reference.vocabulary,
      SessionSetting(
        executor: executor, seed: 1, isInteractive: false, folder: WorkingFolder.current,
        readScript: { _ throws(ScriptReadFailure) in "" }))
  }

  private func table(_ session: Session) throws -> Table {
    guard case .table(let relation)? = session.last else { throw EngineError(.subject(.wrong(.table))) }
    return try LocalExecutor().table(relation, columns: nil, Progress())
  }

  @Test func aStageOfManyIsComputedAtOnceAndGivesWhatManyStagesGive() throws {
    let parts = (0..<60).map { "x\($0) = \($0 == 0 ? "sepal_length_cm" : "x\($0 - 1)") + 1" }
    let executor = CountingExecutor()
    var one = session(executor)
    #expect(one.enter("load iris", Progress()) { _ in } == .done)
    let before = executor.count
    #expect(one.enter("derive " + parts.joined(separator: ", "), Progress()) { _ in } == .done)
    #expect(executor.count == before + 1)
    var many = session(LocalExecutor())
    let script = "load iris\n" + parts.map { "derive \($0)" }.joined(separator: "\n")
    #expect(many.enter(script, Progress()) { _ in } == .done)
    #expect(try table(one) == table(many))
    #expect(try table(one)["x59"]?[0] == .float(65.1))
  }

  /// A stage that is refused memory ends in an error; what was there is there, and the session goes on.
  @Test func aStageThatIsRefusedMemoryLeavesTheSessionAsItWas() throws {
    var session = session(LocalExecutor())
    #expect(session.enter("load diamonds", Progress()) { _ in } == .done)
    let before = try table(session)
    let bound = Memory.bound
    defer { Memory.set(bound: bound) }
    Memory.set(bound: Memory.resident + 600 << 20)
    let told = Mutex<[String]>([])
    let status = session.enter("derive z = repeat(text(carat), 200000)", Progress()) { event in
      if case .diagnostic(let diagnostic, _) = event { told.withLock { $0.append(diagnostic.code.rawValue) } }
    }
    #expect(status == .failed)
    #expect(told.withLock { $0 } == ["too-large"])
    #expect(try table(session) == before)
    #expect(session.enter("derive z = carat * 2", Progress()) { _ in } == .done)
    #expect(try table(session).names.last == "z")
  }
}
