import Plan
import Tables

/// What a stage takes or gives, as far as it is known before anything runs.
public indirect enum ValueType: Sendable {
  /// There is no last value yet.
  case nothing
  case table(RelationSchema)
  case split(SplitType)
  case model(ModelType)
  case look(LookType)
  case service(ModelType)
  /// With the word for the scalar's type.
  case scalar(String)
  /// An earlier stage failed: later ones say nothing because of it.
  case unknown

  /// What a following verb works on: a look gives what it looked at.
  public var subject: ValueType { if case .look(let look) = self { look.subject.subject } else { self } }

  /// The word that messages use: `a table`.
  public var word: String {
    switch self {
    case .nothing: "nothing"
    case .table: "a table"
    case .split: "a split"
    case .model: "a model"
    case .look(let look): "a look (\(look.kind))"
    case .service: "a service"
    case .scalar(let type): "a scalar (\(type))"
    case .unknown: "an unknown value"
    }
  }

  /// The columns at hand, of a table or a split.
  public var schema: RelationSchema? {
    switch subject {
    case .table(let schema): schema
    case .split(let split): split.schema
    default: nil
    }
  }
}

/// A split before or after its parts are drawn.
public struct SplitType: Sendable {
  public var schema: RelationSchema
  public var hasValid: Bool
  public var hasTest: Bool
  public var foldCount: Int

  public init(schema: RelationSchema, hasValid: Bool, hasTest: Bool, foldCount: Int) {
    self.schema = schema
    self.hasValid = hasValid
    self.hasTest = hasTest
    self.foldCount = foldCount
  }

  public init(_ split: Split) {
    self.init(
      schema: split.schema, hasValid: !split.valid.isEmpty, hasTest: split.sealed.count > 0,
      foldCount: split.foldCount)
  }
}

/// A model before or after it is trained.
public struct ModelType: Sendable {
  public var name: String
  /// nil where there is none, or while it is not known.
  public var labelName: String?
  /// nil while the label's values decide.
  public var task: LearningTask?
  /// nil while the model is not trained: which raw columns its answer needs is known then.
  public var inputs: [Field]?
  public var split: SplitType?
  /// The algorithms that it may be of; nil while nothing is known of them.
  public var algorithms: [String]?

  public init(
    name: String, labelName: String?, task: LearningTask?, inputs: [Field]?, split: SplitType?,
    algorithms: [String]? = nil
  ) {
    self.name = name
    self.labelName = labelName
    self.task = task
    self.inputs = inputs
    self.split = split
    self.algorithms = algorithms
  }

  public init(_ model: Model) {
    self.init(
      name: model.name, labelName: model.label?.name, task: model.label?.task, inputs: model.graph.inputs,
      split: model.split.map(SplitType.init), algorithms: [model.algorithm])
  }
}

/// A look with the names of the figures that can be read from it; nil while they are not known.
public struct LookType: Sendable {
  public var kind: String
  public var figures: [String]?
  public var subject: ValueType
  /// Whether it may show figures in rows and columns.
  public var isTabular: Bool

  public init(kind: String, figures: [String]?, subject: ValueType, isTabular: Bool = true) {
    self.kind = kind
    self.figures = figures
    self.subject = subject
    self.isTabular = isTabular
  }
}
