/// Reads packages, which may come from anyone: every bound is checked before memory is given, and anything amiss ends in an error
/// that says where.
public enum MlpkgReader {
  /// The package in these bytes. What is read is written again as the same bytes. O(bytes).
  public static func read(
    _ bytes: [UInt8], limits: PackageLimits = PackageLimits()
  ) throws(PackageError) -> PackageFile {
    let body = try checkedBody(bytes, limits)
    var reader = ByteReader(bytes, in: body)
    reader.maximumDepth = limits.expressionDepth
    let about = try section(.about, in: &reader) { (reader) throws(PackageError) in try reader.about() }
    let graph = try section(.graph, in: &reader) { (reader) throws(PackageError) in try reader.graph() }
    guard about.task.fits(graph.classes) else {
      throw PackageError(offset: body.lowerBound, .inconsistent("the task"))
    }
    var package = PackageFile(
      name: about.name, graph: graph, labelName: about.label, task: about.task, algorithm: about.algorithm,
      madeBy: about.madeBy)
    try section(.training, in: &reader) { (reader) throws(PackageError) in try reader.training(into: &package) }
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
  private static func checkedBody(_ bytes: [UInt8], _ limits: PackageLimits) throws(PackageError) -> Range<Int> {
    let magic = PackageLayout.magic
    guard bytes.count <= limits.bytes else { throw PackageError(offset: 0, .tooLarge("the file")) }
    guard bytes.starts(with: magic) else { throw PackageError(offset: 0, .notAPackage) }
    var header = ByteReader(bytes, in: magic.count..<bytes.count)
    let version = try header.fixed32()
    guard version == PackageLayout.version else {
      throw PackageError(offset: magic.count, .unknownVersion(version))
    }
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
    return PackageLayout.headerLength..<end
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
