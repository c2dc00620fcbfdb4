import Tables

/// What a part of a package points to (ECMA-376 part 2, 9.3): the parts and their kinds, by id.
struct Relations {
  struct Target {
    let path: String
    /// The last part of the kind's address: `worksheet`.
    let kind: String
  }

  private let targets: [(id: String, target: Target)]

  /// Those of the part at `path`, the whole package being the empty one; none where the part says nothing.
  init(of path: String, _ archive: ZipArchive) throws(SourceError) {
    let folder = path.split(separator: "/").dropLast().map(String.init)
    let name = path.split(separator: "/").last ?? ""
    let own = (folder + ["_rels", "\(name).rels"]).joined(separator: "/")
    guard let entry = archive[own] else {
      targets = []
      return
    }
    let reader = try XMLReader(try ZipEntryStream(archive, entry), part: own, source: archive.source)
    var found: [(String, Target)] = []
    while true {
      let token = try reader.next()
      if token == .done { break }
      guard token == .start, reader.isNamed("Relationship"), let id = try reader.string("Id"),
        let target = try reader.string("Target"), let kind = try reader.string("Type"), found.count < 1 << 16
      else { continue }
      if try reader.string("TargetMode") == "External" { continue }
      found.append(
        (id, Target(path: Self.path(target, in: folder), kind: String(kind.split(separator: "/").last ?? ""))))
    }
    targets = found
  }

  subscript(_ id: String) -> Target? { targets.first { $0.id == id }?.target }

  func first(_ kind: String) -> String? { targets.first { $0.target.kind == kind }?.target.path }

  /// Where a target lies that is given from a folder.
  private static func path(_ target: String, in folder: [String]) -> String {
    var parts = target.hasPrefix("/") ? [] : folder
    for part in target.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }
}
