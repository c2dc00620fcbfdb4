/// A script that shows a feature, run as a test and printed in help and reference.
public struct Example: Sendable, Hashable {
  /// What it shows, in a few words.
  public let title: String
  /// A whole script that runs as it stands, on the data sets that ship.
  public let script: String

  public init(_ title: String, _ script: String) {
    self.title = title
    self.script = script
  }
}

/// A word that is called like a function where a verb takes it.
public struct CallForm: Sendable, Hashable {
  public let name: String
  /// How it is written: `unique(a, b, …)`.
  public let signature: String
  /// What it says, in one line without a full stop.
  public let summary: String
  /// What may be said in it by name.
  public let options: [String]

  public init(_ name: String, _ signature: String, _ summary: String, options: [String] = []) {
    self.name = name
    self.signature = signature
    self.summary = summary
    self.options = options
  }
}

/// What may stand before the options of a verb.
public struct Positional: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// Names of columns, or a selector.
    case columns
    /// An expression over the columns that is true or false.
    case condition
    /// What `condition` is, or one of these words as they are called.
    case rule([CallForm])
    /// `name = expression` over the columns.
    case derivation
    /// `target = method`, the methods being words or calls.
    case method([String])
    /// `target = {value: value}`
    case recoding
    /// A path or an address in quotes, or a bare name.
    case source
    /// A table that was named, or what `source` is.
    case table
    /// A path in quotes.
    case path(FileUse)
    /// The name of a new or existing value.
    case name
    /// One of the algorithms, or a list of them.
    case algorithm
    /// A condition on the metrics of a model.
    case metricCondition
    /// A value that was named, or the last one.
    case value
    /// Any scalar.
    case scalar
    /// One of these words.
    case word([String])
  }

  public let name: String
  public let kind: Kind
  public let summary: String
  /// How many at least.
  public let minimum: Int
  /// How many at most; nil for any number.
  public let maximum: Int?

  public init(_ name: String, _ kind: Kind, _ summary: String, minimum: Int = 0, maximum: Int? = 1) {
    self.name = name
    self.kind = kind
    self.summary = summary
    self.minimum = minimum
    self.maximum = maximum
  }
}

/// What a verb, a learner, a metric, a format or a function says of itself: help, completion, checking, did-you-mean and
/// the reference are made from it.
public struct Description: Sendable {
  public let name: String
  /// One line, starting with a verb in the imperative or a noun, without a full stop.
  public let summary: String
  /// The heading under which it is listed.
  public let group: String
  /// Paragraphs in Markdown.
  public let details: [String]
  public let positionals: [Positional]
  public let parameters: [any AnyParameter]
  public let examples: [Example]
  /// Words of other tools for this name, for did-you-mean: `train` for `fit`.
  public let otherNames: [String]
  /// Words of other tools for an option: `["n_estimators": "trees"]`.
  public let otherOptions: [String: String]
  /// The standard, paper or definition followed.
  public let references: [String]
  /// What it takes and gives, for a verb: `Table → Split`.
  public let signature: String

  public init(
    name: String, summary: String, group: String, signature: String = "", details: [String] = [],
    positionals: [Positional] = [], parameters: [any AnyParameter] = [], examples: [Example] = [],
    otherNames: [String] = [], otherOptions: [String: String] = [:], references: [String] = []
  ) {
    self.name = name
    self.summary = summary
    self.group = group
    self.signature = signature
    self.details = details
    self.positionals = positionals
    self.parameters = parameters
    self.examples = examples
    self.otherNames = otherNames
    self.otherOptions = otherOptions
    self.references = references
  }

  public func parameter(_ name: String) -> (any AnyParameter)? { parameters.first { $0.name == name } }
}
