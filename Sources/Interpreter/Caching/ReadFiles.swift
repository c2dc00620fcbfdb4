import Caching

/// Files that a stage reads, in the state they were in when it was planned: what was found of them then counts for no other.
public struct ReadFiles: Sendable {
  /// nil where one cannot be told from another: a pipe, a folder.
  let identities: [FileIdentity]?
  /// As they were named.
  let paths: [String]

  public static let none = ReadFiles([])

  /// To be made before anything of the files is read.
  public init(_ paths: [String]) {
    self.paths = paths
    let found = paths.map { FileIdentity($0) }
    identities = found.contains { $0 == nil } ? nil : found.compactMap { $0 }
  }

  /// All the files of several.
  public init(allOf all: [ReadFiles]) {
    paths = all.flatMap(\.paths)
    let found = all.map(\.identities)
    identities = found.contains { $0 == nil } ? nil : found.flatMap { $0 ?? [] }
  }

  /// Their paths, for a message.
  var words: String { (identities ?? []).map(\.path).joined(separator: ", ") }

  /// Whether all are as they were.
  var areUnchanged: Bool { identities?.allSatisfy { FileIdentity($0.path) == $0 } ?? false }
}

/// What becomes of a stage that a cache has seen before.
public enum StageRepetition: Sendable {
  /// It is not run again.
  case kept
  /// It is not run again, and the model that it trained is kept with it: `RunContext.remembered`.
  case training
  /// It is not run again, and the openings of sealed parts are counted all the same.
  case opening
  /// It is run each time: what it does or gives is of the moment.
  case never
}
