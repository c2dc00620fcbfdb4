import Display
import Plan

/// What a cache keeps of a stage that ran: all that the next run shows and plans by, and how to have the value again.
struct StoredOutcome: Sendable {
  let displays: [Display]
  let type: ValueType
  let summary: String
  let look: StoredLook?
  let origin: Origin
  /// Files that it wrote, as they are named in the script, with the hash of each; nil for one that was not there after it.
  let writes: [(path: String, digest: [UInt8]?)]
  /// The sealed parts that it opened.
  let openings: [UInt64]

  /// A look without what it looked at.
  struct StoredLook: Sendable {
    let kind: String
    let display: Display
    let figures: [Look.Figure]
  }

  /// Where the value, or what a look looked at, comes from.
  enum Origin: Sendable {
    /// It is what the stage works on.
    case subject
    /// It is the model that the stage works on, with more on its record.
    case record(ModelRecord)
    /// It is a model that is kept.
    case model
    /// The stage is run again, on rows that are kept or on those made again.
    case run
  }
}

/// What stages after training put on a model's record.
struct ModelRecord: Sendable {
  let figures: [(part: String, metric: String, value: Double)]
  let requirements: [Requirement]
  let openings: Int
  let acceptance: [Requirement]?

  init(_ model: Model) {
    self.init(
      figures: model.figures, requirements: model.requirements, openings: model.openings, acceptance: model.acceptance)
  }

  init(
    figures: [(part: String, metric: String, value: Double)], requirements: [Requirement], openings: Int,
    acceptance: [Requirement]?
  ) {
    self.figures = figures
    self.requirements = requirements
    self.openings = openings
    self.acceptance = acceptance
  }

  func put(on model: Model) -> Model {
    var model = model.requiring(requirements)
    var parts: [String] = []
    for figure in figures where !parts.contains(figure.part) { parts.append(figure.part) }
    for part in parts {
      model = model.recording(figures.filter { $0.part == part }.map { ($0.metric, $0.value) }, part: part)
    }
    if let acceptance { model = model.tested(for: acceptance) }
    return model.recording([], part: "", openings: openings)
  }
}

extension StoredOutcome.Origin {
  /// How a stage's value came of its subject.
  init(_ value: Value, of subject: Value?, _ repetition: StageRepetition) {
    let given: Value
    if case .look(let look) = value { given = look.subject.subject } else { given = value }
    switch (given, subject) {
    case (.table(let relation), .table(let before)?) where relation.isSame(as: before): self = .subject
    case (.split(let split), .split(let before)?) where split.isSame(as: before): self = .subject
    case (.model(let model), .model(let before)?) where model.isSameFit(as: before):
      self = .record(ModelRecord(model))
    case (.model, _):
      if case .training = repetition { self = .model } else { self = .run }
    default: self = .run
    }
  }
}
