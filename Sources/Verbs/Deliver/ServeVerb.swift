import Descriptions
import Diagnostics
import Display
import Interpreter
import Kernels
import Language
import Plan
import Serving

/// `serve port: 8080, log: "requests.db"`
enum ServeVerb: Verb {
  static let port = Parameter<Int>("port", "Where to listen; 0 takes any free port", default: 8080, .within(0, 65535))
  static let host = Parameter<String>("host", "The address to listen on", default: "127.0.0.1", .notEmpty)
  static let log = Parameter<String>(
    "log", "A SQLite file that keeps a record of every request", otherwise: "requests are not kept", .notEmpty,
    meaning: .file(.any))
  static let name = Parameter<String>(
    "name", "The model's name in the routes", otherwise: "the table's name", .notEmpty)
  static let duration = Parameter<Double>(
    "for", "Seconds after which a batch run ends", otherwise: "until it is interrupted", .above(0))

  static let strict = Parameter<Bool>(
    "strict", "Whether a request has to send the model's inputs, all of them and no others but the label",
    default: false)

  static let description = Description(
    name: "serve", summary: "Answer predictions over HTTP", group: "Deliver", signature: "Model → Service",
    details: [
      "`POST /v1/predict` takes one row or a list of rows as JSON; the Open Inference Protocol v2 is at `/v2/models/NAME/infer`; `/healthz` tells that it is up. Only this machine is answered unless `host` says otherwise.",
      "What a request sends besides the model's inputs is passed over, and an input that it does not send counts as missing; the answer notes both. `strict: true` refuses either, as of `predict`.",
      "A row that breaks a guard of the model (`validate …, guard: true`) is refused with status 422, the code `guard-failed` and the rule's text; a request of several rows is refused as a whole.",
      "With `log`, every request, failed ones too, is on record before its answer leaves. At the prompt the service runs beside you until `stop`; a batch run stays up after its last line until it is interrupted, or for some seconds: `for: seconds(10)`.",
    ],
    parameters: [port, host, log, name, strict, duration],
    examples: [
      Example(
        "for a moment",
        "load iris\nlabel species\nsplit test: 0.2, seed: 7\ntrain tree\nserve port: 0, for: seconds(0.2)")
    ],
    otherNames: ["deploy", "host"], references: ["Open Inference Protocol, version 2"])
  static let subjects: Set<SubjectKind> = [.model]
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType { .unknown }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .model(let model) = subject else { return nil }
    let options = call.options
    do throws(EngineError) { try WorkingFolder.current.allow(host: options[host] ?? "127.0.0.1") } catch {
      sink.report(error, at: call.optionRanges[host.name] ?? call.range)
      return nil
    }
    let logs = options[log].map { [WrittenFile($0, at: call.optionRanges[log.name], .adds)] } ?? []
    return PlannedStage(
      result: .service(model), words: call.wordsInFull(description), writes: logs, repetition: .never
    ) {
      value, context throws(EngineError) in
      guard case .model(let model)? = value else { throw EngineError(.subject(.wrong(.model))) }
      var settings = ServiceOptions(host: options[host] ?? "127.0.0.1", port: options[port] ?? 8080)
      settings.isStrict = options[strict] ?? false
      if let log = options[log] { settings.log = try context.folder.resolve(log) }
      let service = try ModelService(model, name: options[name], settings, seconds: options[duration])
      var facts = [Fact("service", service.address), Fact("model", service.servedName)]
      if let log = options[Self.log] { facts.append(Fact("log", log)) }
      return Outcome(.service(service), [.facts(facts)])
    }
  }
}
