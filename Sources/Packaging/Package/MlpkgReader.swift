import Kernels
import Plan

/// Who a packaged model is, before the whole package is read.
public struct PackageManifest: Sendable, Equatable {
  public let name: String
  /// nil for a model without a label, and so is its task.
  public let labelName: String?
  public let task: LearningTask?
  public let algorithm: String
  /// nil in a package of version 1, and where the list does not stand at the beginning.
  public let inputs: ModelInputs?
}

/// Reads packages, which may come from anyone: every bound is checked before memory is given, and anything amiss ends in an error
/// that says where.
public enum MlpkgReader {
  /// The package in these bytes. What is read is written again as the same bytes. O(bytes).
  public static func read(
    _ bytes: [UInt8], limits: PackageLimits = PackageLimits()
  ) throws(PackageError) -> PackageFile {
    let (version, body) = try checkedBody(bytes, limits)
    var reader = ByteReader(bytes, in: body)
    reader.maximumDepth = limits.expressionDepth
    let about = try section(.about, in: &reader) { (reader) throws(PackageError) in try reader.about() }
    let inputsStart = reader.position
    let inputs = try inputs(version, &reader)
    let plain = try section(.graph, in: &reader) { (reader) throws(PackageError) in try reader.graph() }
    let marked =
      try optionalSection(.roles, in: &reader) { (reader) throws(PackageError) in try reader.roles(of: plain) }
      ?? plain
    let graph =
      try optionalSection(.guards, in: &reader) { (reader) throws(PackageError) in try reader.guards(of: marked) }
      ?? marked
    guard about.task?.fits(graph.classes) ?? graph.classes.isEmpty else {
      throw PackageError(offset: body.lowerBound, .inconsistent("the task"))
    }
    if let inputs, inputs.fields != graph.inputs {
      throw PackageError(offset: inputsStart, .inconsistent("the list of inputs"))
    }
    var package = PackageFile(
      name: about.name, graph: graph, labelName: about.label, task: about.task, algorithm: about.algorithm,
      madeBy: about.madeBy, modelInputs: inputs)
    try section(.training, in: &reader) { (reader) throws(PackageError) in try reader.training(into: &package) }
    package.boardFigures = try optionalSection(.board, in: &reader) { (reader) throws(PackageError) in
      try reader.boardFigures()
    }
    package.importances = try optionalSection(.importances, in: &reader) { (reader) throws(PackageError) in
      try reader.list(each: 9) { (reader) throws(PackageError) in try reader.importance() }
    }
    package.inputSummaries = try optionalSection(.summaries, in: &reader) { (reader) throws(PackageError) in
      try reader.list(each: 6) { (reader) throws(PackageError) in try reader.summary() }
    }
    guard reader.remaining == 0 else { throw reader.failure(.trailingBytes) }
    return package
  }

  /// The place of the sections, after header, length and checksum are found in order.
  private static func checkedBody(
    _ bytes: [UInt8], _ limits: PackageLimits
  ) throws(PackageError) -> (version: UInt32, body: Range<Int>) {
    guard bytes.count <= limits.bytes else { throw PackageError(offset: 0, .tooLarge("the file")) }
    var header = ByteReader(bytes, in: 0..<bytes.count)
    let version = try version(&header)
    let length = try header.fixed64()
    let least = PackageLayout.headerLength + PackageLayout.digestLength
    guard UInt64(bytes.count) >= length, length >= UInt64(least) else {
      throw PackageError(offset: bytes.count, .truncated)
    }
    guard UInt64(bytes.count) == length else { throw PackageError(offset: Int(length), .trailingBytes) }
    let end = bytes.count - PackageLayout.digestLength
    guard SHA256.digest(bytes[..<end]).elementsEqual(bytes[end...]) else {
      throw PackageError(offset: end, .badChecksum)
    }
    return (version, PackageLayout.headerLength..<end)
  }

  /// Reads over the magic and gives the version.
  private static func version(_ header: inout ByteReader) throws(PackageError) -> UInt32 {
    guard header.starts(with: PackageLayout.magic) else { throw PackageError(offset: 0, .notAPackage) }
    _ = try header.raw(PackageLayout.magic.count)
    let version = try header.fixed32()
    guard PackageLayout.versions.contains(version) else {
      throw PackageError(offset: PackageLayout.magic.count, .unknownVersion(version))
    }
    return version
  }

  private static func inputs(_ version: UInt32, _ reader: inout ByteReader) throws(PackageError) -> ModelInputs? {
    guard version >= PackageLayout.versionWithInputs else { return nil }
    return try section(.inputs, in: &reader) { (reader) throws(PackageError) in try reader.inputs() }
  }

  /// Who the model is, from the beginning of a package: at most as much of it as a check of a script reads of a file. The checksum
  /// is not looked at, and inputs that do not stand within these bytes are not known.
  public static func manifest(_ beginning: [UInt8]) throws(PackageError) -> PackageManifest {
    var reader = ByteReader(beginning, in: 0..<beginning.count)
    let version = try version(&reader)
    _ = try reader.fixed64()
    let about = try section(.about, in: &reader) { (reader) throws(PackageError) in try reader.about() }
    let inputs: ModelInputs?
    do throws(PackageError) {
      inputs = try Self.inputs(version, &reader)
    } catch {
      guard error.reason == .truncated else { throw error }
      inputs = nil
    }
    return PackageManifest(
      name: about.name, labelName: about.label, task: about.task, algorithm: about.algorithm, inputs: inputs)
  }

  private static func section<Content>(
    _ section: PackageLayout.Section, in reader: inout ByteReader,
    _ read: (inout ByteReader) throws(PackageError) -> Content
  ) throws(PackageError) -> Content {
    let start = reader.position
    let tag = try reader.raw(4)
    guard tag.elementsEqual(section.tag) else {
      throw PackageError(offset: start, .badValue("the section \(section.rawValue)"))
    }
    let length = try reader.fixed64()
    guard length <= UInt64(reader.remaining) else { throw reader.failure(.truncated) }
    var content = reader.nested(Int(length))
    let value = try read(&content)
    guard content.remaining == 0 else { throw content.failure(.trailingBytes) }
    _ = try reader.raw(Int(length))
    return value
  }

  private static func optionalSection<Content>(
    _ wanted: PackageLayout.Section, in reader: inout ByteReader,
    _ read: (inout ByteReader) throws(PackageError) -> Content
  ) throws(PackageError) -> Content? {
    guard reader.starts(with: wanted.tag) else { return nil }
    return try section(wanted, in: &reader, read)
  }
}
