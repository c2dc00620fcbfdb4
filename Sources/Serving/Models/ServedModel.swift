import Tables

/// A model as the server sees it: raw columns in, predictions out.
public protocol ServedModel: Sendable {
  /// What addresses call it: `/v2/models/NAME`.
  var name: String { get }
  var version: String { get }
  /// The raw columns that the answer needs, in the order of a row's cells.
  var inputs: [Field] { get }
  /// The name of the column that is predicted.
  var label: String? { get }
  /// The classes in the order of the probabilities; empty for a regression.
  var classes: [Cell] { get }
  /// The type of the prediction.
  var predictionType: ColumnType { get }

  /// One scored row per row given. Each row has a cell per input, of the input's type or missing.
  func score(_ rows: [[Cell]]) throws -> [ScoredRow]

  /// Whether `recordable` changes rows, so that a request may not be logged as it was sent.
  var masksInputs: Bool { get }

  /// The row as the request log may keep it: what a mask of the model hides is hidden here too.
  func recordable(_ row: [Cell]) -> [Cell]

  /// The columns of recordable rows: the inputs, where a mask changes a type with the new one.
  var recordedInputs: [Field] { get }
}

extension ServedModel {
  public var masksInputs: Bool { false }

  public func recordable(_ row: [Cell]) -> [Cell] { row }

  public var recordedInputs: [Field] { inputs }

  /// That of the classes, or float for a regression.
  public var predictionType: ColumnType { classes.first?.type ?? .float }
}

extension InputSchema {
  init(_ model: any ServedModel, strict: Bool = false) { self.init(model.inputs, label: model.label, strict: strict) }
}

/// What a model says about one row.
public struct ScoredRow: Sendable, Equatable {
  /// A class, or the number of a regression.
  public let prediction: Cell
  /// A probability per class, in the order of the model's classes; empty for a regression.
  public let probabilities: [Double]
  /// Remarks about the row, one line each: an unseen category, a row outside a recorded filter.
  public let notes: [String]
  /// The guards that the row breaks: it is not answered, and nothing else here is of account.
  public let broken: [BrokenGuard]

  public init(prediction: Cell, probabilities: [Double] = [], notes: [String] = [], broken: [BrokenGuard] = []) {
    self.prediction = prediction
    self.probabilities = probabilities
    self.notes = notes
    self.broken = broken
  }
}

/// A rule of the model that a row is false for.
public struct BrokenGuard: Sendable, Hashable {
  /// As it is written in the script that the model comes from.
  public let rule: String
  /// The raw columns that it looks at.
  public let columns: [String]

  public init(rule: String, columns: [String]) {
    self.rule = rule
    self.columns = columns
  }
}
