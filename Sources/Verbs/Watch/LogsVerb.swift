import Descriptions
import Diagnostics
import Display
import Interpreter
import Language
import Plan
import Serving
import Tables

/// `logs`
enum LogsVerb: Verb {
  static let last = Parameter<Int>("last", "How many requests, the newest ones", default: 1000, .within(1, 10_000_000))

  static let description = Description(
    name: "logs", summary: "Read a service's request log as a table", group: "Watch", signature: "Service → Table",
    details: [
      "One row per scored row: when, route, status, latency, the inputs as the model took them, prediction and probabilities. Requests that failed are there with their status."
    ],
    positionals: [Positional("path", .path(.any), "a log file; without, the service's own")],
    parameters: [last],
    examples: [
      Example(
        "an empty log",
        "load iris\nlabel species\nsplit test: 0.2, seed: 7\ntrain tree\nserve port: 0, log: \"iris-requests.db\", for: seconds(0.2)\nlogs\nschema"
      )
    ],
    otherNames: ["history", "requests"])
  static let subjects: Set<SubjectKind> = [.nothing, .service]

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType { .unknown }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    let errors = sink.diagnostics.count
    let path = call.text(at: 0, &sink)
    if sink.diagnostics.count > errors { return nil }
    if path == nil {
      guard case .service = subject else {
        if case .unknown = subject { return nil }
        sink.report(
          .wrongSubject, "'logs' reads the log of a service, and there is none before it", at: call.range,
          help: ["`serve log: \"requests.db\"` first, or name a log: logs \"requests.db\""])
        return nil
      }
    }
    let last = call.options[last] ?? 1000
    var file: String?
    do throws(EngineError) { if let path { file = try WorkingFolder.current.resolve(path) } } catch {
      sink.report(error, at: call.positionals.first?.range ?? call.range)
      return nil
    }
    let place = file
    return PlannedStage(
      result: .table(RelationSchema(name: "logs", isOpen: true)), words: call.wordsInFull(description),
      reads: ReadFiles(place.map { [$0] } ?? []), repetition: .never
    ) {
      value, _ throws(EngineError) in
      if let place { return try read(place, last: last) }
      return try read(try own(value), last: last)
    }
  }

  private static func own(_ value: Value?) throws(EngineError) -> String {
    guard case .service(let service)? = value, let path = service.logPath else {
      throw EngineError(.service(.noLog))
    }
    return path
  }

  private static func read(_ path: String, last: Int) throws(EngineError) -> Outcome {
    let table: Tables.Table
    do throws(LogProblem) {
      table = try RequestLog.rows(path: path, last: last)
    } catch {
      throw EngineError(.service(.unreadableLog(error)))
    }
    let relation = Relation(
      source: MemorySource(name: "logs", table: table), declared: DeclaredSchema(schema: table.schema)
    ).settled(by: .whole(table))
    return Outcome(.table(relation), [.note("logs: \(counted(table.rowCount, "row"))")])
  }
}
