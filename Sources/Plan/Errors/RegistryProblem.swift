import Kernels

/// What can be wrong with a registry of models, or with what is asked of it. What names a registry is what is shown of it, without a password.
public enum RegistryProblem: Sendable, Equatable {
  /// A text that names no model, version or alias as it has to.
  case badName(String, RegistryNameKind)
  /// No model of that name is published; those that are.
  case noModel(String, of: [String], registry: String)
  case noVersion(String, Int, newest: Int)
  /// An alias that the model does not have; those that it has.
  case noAlias(String, alias: String, of: [String])
  /// An alias that stood at no version before.
  case noEarlier(String, alias: String, version: Int)
  /// What `accepted: only` keeps out: a model by its name, or a version of it.
  case notAccepted(String, version: Int?, NotAccepted)
  /// Written by a later version of this program.
  case newer(String, version: Int)
  /// A file or a folder of someone else's, which is left as it is.
  case foreign(String)
  /// Another program holds it for longer than that is waited for.
  case locked(String, seconds: Int)
  /// It cannot be read or written, for the system's or the database's reason.
  case unavailable(String, RegistryUse, reason: String)
  /// What is found in it is not what was put there: a model with its version, or the registry as a whole.
  case damaged(String, model: String?, version: Int?)
  /// The connection broke when a change was to be settled: whether it was is not known.
  case uncertain(String, reason: String)
  /// There is no folder for the user's data, and no registry is named.
  case noPlace
  /// An address that is no registry's.
  case badAddress(String, part: String)

  var code: EngineError.Code {
    switch self {
    case .badName, .badAddress, .noPlace: .badOption
    case .noModel, .noVersion, .noAlias, .noEarlier: .notFound
    case .notAccepted: .requirementNotMet
    case .newer, .foreign, .damaged: .badFormat
    case .locked: .source
    case .unavailable(_, let use, _): use == .writing ? .cannotWrite : .source
    case .uncertain: .cannotWrite
    }
  }
}

/// What a name in a registry is of.
public enum RegistryNameKind: Sendable, Equatable { case model, alias, reference }

public enum RegistryUse: Sendable, Equatable { case reading, writing }

/// Why a model counts as not accepted.
public enum NotAccepted: Sendable, Equatable {
  /// The sealed part was not opened for it.
  case notTested
  /// The test asked for nothing.
  case nothingAsked
  /// These conditions, in words, were not met.
  case unmet([String])
}
