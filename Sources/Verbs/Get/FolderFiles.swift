import Formats
import Glibc
import Interpreter
import Kernels
import Plan
import Tables

/// The files that a folder stands for: those of one format in it and in the folders below, in the order of their paths. What begins with a
/// point or an underscore is passed over, as other readers of folders do.
struct FolderFiles {
  private static let (mostFiles, mostDepth) = (100_000, 32)

  let paths: [String]
  let note: String

  /// `shown` is the folder as it is written; `stated` the name of a format. Throws `badFormat` where there is none or not just one, and
  /// `tooLarge`.
  init(_ folder: String, shown: String, stated: String?) throws(SourceError) {
    var found: [String] = []
    try Self.walk(folder.hasSuffix("/") ? String(folder.dropLast()) : folder, 0, &found)
    var byFormat: [String: [String]] = [:]
    for path in found {
      if let format = FormatCatalog.format(of: path), format is any TableReading.Type {
        byFormat[format.name, default: []].append(path)
      }
    }
    let formats = byFormat.keys.sorted()
    guard let name = stated ?? formats.first, let chosen = byFormat[name] else {
      let what = stated.map { "it holds no file of \($0)" } ?? "it holds no file that can be read"
      throw SourceError(source: shown, reason: .badFormat(what))
    }
    if stated == nil, formats.count > 1 {
      let counts = formats.map { "\(byFormat[$0]?.count ?? 0) of \($0)" }.joined(separator: ", ")
      throw SourceError(
        source: shown,
        reason: .badFormat("it holds files of several formats (\(counts)); `format: \(formats[0])` reads one"))
    }
    paths = chosen.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let others = found.count - chosen.count
    note = "\(shown): \(counted(chosen.count, "file")) of \(name)" + (others == 0 ? "" : ", \(others) other left out")
  }

  private static func walk(_ folder: String, _ depth: Int, _ found: inout [String]) throws(SourceError) {
    guard let listing = opendir(folder) else {
      throw SourceError(source: folder, reason: .file(FileError(path: folder, errno: errno)))
    }
    defer { closedir(listing) }
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasPrefix(".") || name.hasPrefix("_") { continue }
      let path = folder + "/" + name
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR:
        guard depth < mostDepth else {
          throw SourceError(source: folder, reason: .tooLarge("folders deeper than \(mostDepth)"))
        }
        try walk(path, depth + 1, &found)
      case S_IFREG: found.append(path)
      // A link to a file is one; a link to a folder may lead in a circle.
      case S_IFLNK: if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG { found.append(path) }
      default: continue
      }
      if found.count > mostFiles {
        throw SourceError(source: folder, reason: .tooLarge("more than \(mostFiles) files"))
      }
    }
  }
}
