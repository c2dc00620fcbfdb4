import Tables

/// What a model has to know of the rows that are given to it: how to read its raw columns from a file, and which steps it contains, so
/// that a table on which they are recorded is not sent through them again.
public struct ModelInputs: Sendable, Hashable {
  /// The raw columns that the answer needs, in the order of the graph's inputs.
  public let fields: [Field]
  /// The words that stood for a missing cell where the training rows were read.
  public let missingWords: [String]
  /// The steps that were recorded when the model was trained, in their order; nil where that was not kept.
  public let steps: [StepKey]?

  public init(_ fields: [Field], steps: [StepKey]?, missingWords: [String] = [""]) {
    self.fields = fields
    self.steps = steps
    self.missingWords = missingWords
  }

  /// Whether the rows that it was trained from had columns that were classified or masked: then nothing is recorded of what is sent
  /// beside the inputs.
  public var areGuarded: Bool { (steps ?? []).contains { $0.kind == Classify.kind || $0.kind == StepKey.maskKind } }

  /// What a model that was trained from a split has to know; of one that comes from elsewhere only its columns are known.
  init(_ fields: [Field], trainedFrom split: Split?) {
    self.init(fields, steps: split?.recipe.steps.keys, missingWords: split?.schema.missingWords ?? [""])
  }
}
