import Glibc
import Interpreter
import Terminal
import Verbs

extension SessionCommands {
  /// The completions at a byte of an entry, as the line editor takes them.
  func completions(_ entry: String, _ cursor: Int) -> Completions {
    let completer = Completer(
      session.vocabulary, readScript: session.setting.readScript, commands: Self.names,
      dataSets: StandardLibrary.dataSets, listFolder: Self.listFolder)
    let list = completer.complete(entry, at: cursor, in: session.environment)
    return Completions(
      replacing: list.range.start..<list.range.end,
      candidates: list.items.map { item in
        Completions.Candidate(
          item.text, summary: item.summary.isEmpty ? nil : item.summary,
          suffix: Self.suffix(item, isCommand: entry.hasPrefix(":")))
      })
  }

  /// What is typed next in any case: a space, or the quote that closes a path.
  private static func suffix(_ item: Completion, isCommand: Bool) -> String {
    switch item.kind {
    case .verb, .option: " "
    case .path: isCommand || item.text.hasSuffix("/") ? "" : "\""
    default: ""
    }
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
      names.append(entry.pointee.d_type == UInt8(DT_DIR) ? name + "/" : name)
    }
    return names.sorted()
  }
}
