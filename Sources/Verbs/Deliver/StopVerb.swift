import Descriptions
import Diagnostics
import Display
import Interpreter
import Language
import Plan

/// `stop`
enum StopVerb: Verb {
  static let description = Description(
    name: "stop", summary: "End a service", group: "Deliver", signature: "Service → Model",
    details: ["Requests under way are answered first, and the log is closed."],
    examples: [
      Example(
        "up and down",
        "load iris\nlabel species\nsplit test: 0.2, seed: 7\ntrain tree\nserve port: 0\nstop")
    ],
    otherNames: ["shutdown", "close"])
  static let subjects: Set<SubjectKind> = [.service]

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType { .unknown }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .service(let model) = subject else { return nil }
    return PlannedStage(result: .model(model), repetition: .never) { value, _ throws(EngineError) in
      guard case .service(let service)? = value else { throw EngineError(.subject(.wrong(.service))) }
      service.stop()
      return Outcome(.model(service.model), [.note("stop: \(service.address) is down")])
    }
  }
}
