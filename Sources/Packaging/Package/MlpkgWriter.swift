import Kernels

/// Writes packages.
public enum MlpkgWriter {
  /// The file's bytes: the same for equal packages, on any machine. O(size of the model).
  public static func bytes(_ package: PackageFile) -> [UInt8] {
    var body = ByteWriter()
    append(.about, to: &body) { $0.about(package) }
    if let inputs = package.modelInputs { append(.inputs, to: &body) { $0.inputs(inputs) } }
    append(.graph, to: &body) { $0.graph(package.graph) }
    let roles = package.graph.roles
    if !roles.isEmpty { append(.roles, to: &body) { $0.roles(roles) } }
    let guards = package.graph.guards
    if !guards.isEmpty { append(.guards, to: &body) { $0.list(guards) { $0.int($1) } } }
    append(.training, to: &body) { $0.training(package) }
    if let figures = package.boardFigures { append(.board, to: &body) { $0.boardFigures(figures) } }
    if let importances = package.importances {
      append(.importances, to: &body) { $0.list(importances) { $0.importance($1) } }
    }
    if let summaries = package.inputSummaries {
      append(.summaries, to: &body) { $0.list(summaries) { $0.summary($1) } }
    }
    var file = ByteWriter()
    file.raw(PackageLayout.magic)
    let versions = PackageLayout.versions
    file.fixed(package.modelInputs == nil ? versions.lowerBound : PackageLayout.versionWithInputs)
    file.fixed(UInt64(PackageLayout.headerLength + body.bytes.count + PackageLayout.digestLength))
    file.raw(body.bytes)
    file.raw(SHA256.digest(file.bytes))
    return file.bytes
  }

  private static func append(
    _ section: PackageLayout.Section, to body: inout ByteWriter, _ write: (inout ByteWriter) -> Void
  ) {
    var content = ByteWriter()
    write(&content)
    body.raw(section.tag)
    body.fixed(UInt64(content.bytes.count))
    body.raw(content.bytes)
  }

  /// Bytes whose length and checksum fit them, whatever they hold: what a test of damage further in needs.
  package static func resealed(_ bytes: [UInt8]) -> [UInt8] {
    let end = bytes.count - PackageLayout.digestLength
    guard end >= PackageLayout.headerLength else { return bytes }
    var header = ByteReader(bytes, in: PackageLayout.magic.count..<end)
    // try? is safe: a beginning without a version gets the latest, which is what the reader is asked about.
    let version = (try? header.fixed32()).flatMap { PackageLayout.versions.contains($0) ? $0 : nil }
    var file = ByteWriter()
    file.raw(PackageLayout.magic)
    file.fixed(version ?? PackageLayout.versions.upperBound)
    file.fixed(UInt64(bytes.count))
    file.raw(bytes[PackageLayout.headerLength..<end])
    file.raw(SHA256.digest(file.bytes))
    return file.bytes
  }
}
