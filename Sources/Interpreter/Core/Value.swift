import Display
import Kernels
import Plan
import Scoring
import Tables

/// What flows from stage to stage. Values never change: a verb makes a new one.
public indirect enum Value: Sendable {
  case table(Relation)
  case split(Split)
  case model(Model)
  case look(Look)
  case service(any RunningService)
  case scalar(Scalar)

  /// What a following verb works on: a look gives what it looked at.
  public var subject: Value { if case .look(let look) = self { look.subject.subject } else { self } }

  /// Its type, from which the next stage is planned again against what really arrived.
  public var type: ValueType {
    switch self {
    case .table(let relation): .table(relation.schema)
    case .split(let split): .split(SplitType(split))
    case .model(let model): .model(ModelType(model))
    case .look(let look):
      .look(LookType(kind: look.kind, figures: look.figures.map(\.name), subject: look.subject.type))
    case .service(let service): .service(ModelType(service.model))
    case .scalar(let scalar): .scalar(scalar.typeName)
    }
  }
}

/// Something shown that carries what it looked at, so that looks stand anywhere in a flow.
public struct Look: Sendable {
  /// One figure that can be read: `report.auc`.
  public struct Figure: Sendable {
    public let name: String
    public let value: Scalar

    public init(_ name: String, _ value: Scalar) {
      self.name = name
      self.value = value
    }
  }

  /// `profile`, `validation`, `evaluation`, …
  public let kind: String
  public let subject: Value
  public let display: Display
  public let figures: [Figure]
  /// What a report holds of it, where that is more than was shown.
  public let whole: WholeLook?

  public init(kind: String, subject: Value, display: Display, figures: [Figure] = [], whole: WholeLook? = nil) {
    self.kind = kind
    self.subject = subject
    self.display = display
    self.figures = figures
    self.whole = whole
  }
}

/// Looks once more, at all there is to see of a subject.
public typealias WholeLook = @Sendable (_ subject: Value, RunContext) throws(EngineError) -> [Display]

/// A service that is up. Owned here so that the language does not know how it is served.
public protocol RunningService: AnyObject, Sendable {
  var model: Model { get }
  /// `http://127.0.0.1:8080`.
  var address: String { get }
  /// The request log's file, if requests are logged.
  var logPath: String? { get }
  var isRunning: Bool { get }
  /// Answers what is under way, closes the log, and returns. Safe to call twice.
  func stop()
  /// Returns when the service stops, when `seconds` have passed, or when `progress` is cancelled.
  func wait(seconds: Double?, _ progress: Kernels.Progress)
}
