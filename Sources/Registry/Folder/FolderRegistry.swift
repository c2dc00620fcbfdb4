import Glibc
import Kernels
import Notation
import Plan

/// A registry in a folder of plain files, which processes on one file system share:
///
///     registry.json                            the format
///     models/churn/versions/3/model.mlpkg      a version's package
///     models/churn/versions/3/facts.json       what is known of it
///     models/churn/moves/7.json                a move of an alias
///
/// A version is made whole in a folder beside its place, synced, and then takes the place by one renaming, which fails where another
/// version stands: that one is then counted, and the next number tried. A move's file is made without a name and linked to its place,
/// which fails likewise. What a writer that was killed left beside the place is removed by one that comes a day later.
struct FolderRegistry: RegistryStore {
  private static let format = 1
  private static let abandoned = 86_400.0
  private static let longestRecord = 16 << 20
  private static let longestPackage = 1 << 30

  private let path: String
  private let progress: Progress

  var shown: String { path }

  init(_ path: String, _ progress: Progress) throws(EngineError) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    self.progress = progress
    _ = try isMade()
  }

  // MARK: Opening

  private var mark: String { path + "/registry.json" }

  /// Whether the folder is a registry. Throws `foreign` for a folder of other files, and `newer`.
  private func isMade() throws(EngineError) -> Bool {
    if let version = try markedFormat() {
      guard version <= Self.format else { throw EngineError(.registry(.newer(path, version: version))) }
      return true
    }
    guard let entries = try FolderEntries.names(path, .reading) else { return false }
    // Another writer may have marked it meanwhile.
    guard entries.isEmpty || entries.contains("registry.json") else { throw EngineError(.registry(.foreign(path))) }
    return false
  }

  /// nil where nothing is marked.
  private func markedFormat() throws(EngineError) -> Int? {
    guard let bytes = try FolderEntries.read(mark, limit: 1 << 16, of: path) else { return nil }
    guard let version = RegistryRecord.json(bytes)?["format"]?.int.flatMap({ Int(exactly: $0) }) else {
      throw EngineError(.registry(.foreign(path)))
    }
    return version
  }

  private func make() throws(EngineError) {
    try FolderEntries.make(path)
    if try isMade() { return }
    let text: JSONValue = ["format": .int(Int64(Self.format))]
    _ = try FolderEntries.create(text.bytes, at: mark)
    _ = try isMade()
  }

  private func folder(_ model: String) -> String { "\(path)/models/\(model)" }
  private func versions(_ model: String) -> String { folder(model) + "/versions" }
  private func moves(_ model: String) -> String { folder(model) + "/moves" }

  // MARK: Looking

  func models() throws(EngineError) -> [String] {
    guard try isMade() else { return [] }
    var models: [String] = []
    for name in try FolderEntries.names(path + "/models", .reading) ?? [] {
      // A writer may have been killed before its first version.
      if try FolderEntries.numbers(versions(name)).last != nil { models.append(name) }
    }
    return models
  }

  func history(of model: String) throws(EngineError) -> ModelHistory {
    var moves: [AliasMove] = []
    // The moves first: a version that one of them names is then there.
    for number in try FolderEntries.numbers(self.moves(model), ending: ".json") {
      let bytes = try FolderEntries.read("\(self.moves(model))/\(number).json", limit: Self.longestRecord, of: path)
      moves.append(try RegistryRecord.move(bytes ?? [], of: model, in: path))
    }
    var versions: [PublishedVersion] = []
    for number in try FolderEntries.numbers(self.versions(model)) {
      let place = "\(self.versions(model))/\(number)/facts.json"
      let bytes = try FolderEntries.read(place, limit: Self.longestRecord, of: path)
      versions.append(try RegistryRecord.version(number, bytes ?? [], of: model, in: path))
    }
    return ModelHistory(model: model, versions: versions, moves: moves)
  }

  func package(of model: String, _ version: PublishedVersion) throws(EngineError) -> [UInt8] {
    let place = "\(versions(model))/\(version.number)/model.mlpkg"
    return try FolderEntries.read(place, limit: Self.longestPackage, of: path) ?? []
  }

  // MARK: Changing

  func add(
    _ package: [UInt8], _ facts: VersionFacts, to model: String, aliases: [String]
  ) throws(EngineError) -> Int {
    try make()
    let place = versions(model)
    try FolderEntries.make(place)
    sweep(place)
    let beside = try FolderEntries.makeBeside(place)
    defer { FolderEntries.remove(beside) }
    try FolderEntries.write(package, to: beside + "/model.mlpkg")
    try FolderEntries.write(Array(facts.json.bytes) + [UInt8(ascii: "\n")], to: beside + "/facts.json")
    try FolderEntries.sync(beside)
    let number = try turns { () throws(EngineError) -> Int? in
      let next = (try FolderEntries.numbers(place).last ?? 0) + 1
      return try FolderEntries.renameWhole(beside, to: "\(place)/\(next)") ? next : nil
    }
    try FolderEntries.sync(place)
    for alias in aliases { _ = try move(model) { $0.publishing(number, as: alias) } }
    return number
  }

  func move(
    _ model: String, _ decide: (ModelHistory) throws(EngineError) -> AliasMove?
  ) throws(EngineError) -> AliasMove? {
    let place = moves(model)
    return try turns { () throws(EngineError) -> AliasMove?? in
      let history = try history(of: model)
      guard let move = try decide(history) else { return .some(nil) }
      try FolderEntries.make(place)
      let bytes = Array(move.json.bytes) + [UInt8(ascii: "\n")]
      return try FolderEntries.create(bytes, at: "\(place)/\(history.moves.count + 1).json") ? .some(move) : nil
    }
  }

  /// Tries until it is done: each failure is another writer's success. Throws `locked` where that never ends, and `cancelled`.
  private func turns<Result>(_ body: () throws(EngineError) -> Result?) throws(EngineError) -> Result {
    let end = Clock.seconds + Double(RegistryPatience.seconds)
    while true {
      if let result = try body() { return result }
      if progress.isCancelled { throw .cancelled }
      if Clock.seconds > end { throw EngineError(.registry(.locked(path, seconds: RegistryPatience.seconds))) }
    }
  }

  private func sweep(_ place: String) {
    for beside in FolderEntries.besides(place, olderThan: Self.abandoned) { FolderEntries.remove(beside) }
  }
}
