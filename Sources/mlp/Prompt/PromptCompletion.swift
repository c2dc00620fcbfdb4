import Glibc
import Interpreter
import Terminal
import Verbs

extension SessionCommands {
  /// The completions at a byte of an entry, as the line editor takes them.
  func completions(_ entry: String, _ cursor: Int) -> Completions {
    let completer = Completer(
      session.vocabulary, readScript: session.setting.readScript, commands: Self.all,
      dataSets: StandardLibrary.dataSets, sample: session.columnSample, listFolder: Self.listFolder,
      suits: FormatCatalog.suits, endings: { FormatCatalog.endings(of: $0) })
    let list = completer.complete(entry, at: cursor, in: session.environment)
    return Completions(
      replacing: list.range.start..<list.range.end,
      candidates: list.items.map { item in
        Completions.Candidate(
          item.text, summary: item.summary.isEmpty ? nil : item.summary, suffix: item.suffix, noun: item.kind.rawValue)
      })
  }

  /// The entries of a folder, folders ending in `/`; hidden files are left out.
  private static let listFolder: Completer.FolderLister = { path in
    guard let place = try? WorkingFolder.current.resolve(path.isEmpty ? "." : path), let listing = opendir(place) else {
      return []
    }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasPrefix(".") { continue }
      names.append(isFolder(entry.pointee, place + "/" + name) ? name + "/" : name)
    }
    return names.sorted()
  }

  /// Links are followed; some file systems do not say what an entry is.
  private static func isFolder(_ entry: dirent, _ path: String) -> Bool {
    let type = Int(entry.d_type)
    if type != DT_LNK, type != DT_UNKNOWN { return type == DT_DIR }
    var found = stat()
    return stat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFDIR
  }
}
