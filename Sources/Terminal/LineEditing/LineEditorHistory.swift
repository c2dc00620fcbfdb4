import CLineEditing

/// A walk through earlier entries: through those that begin with what was typed before the cursor.
struct HistoryWalk {
  private let typed: String
  private let beginning: String
  private let entries: [String]
  private var place: Int
  /// What the line holds after the last step.
  private(set) var shown: String

  /// `entries` are oldest first; `beginning` is what stands before the cursor of the line `typed`.
  init(_ entries: [String], typed: String, beginning: String) {
    self.entries = entries
    self.typed = typed
    self.beginning = beginning
    place = entries.count
    shown = typed
  }

  /// The next older entry that differs from the one shown; nil where there is none.
  mutating func older() -> String? {
    let found = entries[..<place].lastIndex(where: fits)
    return found.map { step(to: $0) }
  }

  /// The next newer one; behind the newest stands what was typed.
  mutating func newer() -> String? {
    guard place < entries.count else { return nil }
    return step(to: entries[(place + 1)...].firstIndex(where: fits) ?? entries.count)
  }

  private func fits(_ entry: String) -> Bool { entry != shown && entry.utf8.starts(with: beginning.utf8) }

  private mutating func step(to next: Int) -> String {
    place = next
    shown = next < entries.count ? entries[next] : typed
    return shown
  }
}

extension LineEditor {
  /// Up and Down: an older or a newer entry that begins as the line does up to the cursor.
  func walk(_ editor: OpaquePointer, older: Bool) -> UInt8 {
    guard let (line, cursor) = current(editor) else { return UInt8(CC_ERROR) }
    let beginning = String(decoding: line.utf8.prefix(cursor), as: UTF8.self)
    let isUnderWay = historyWalk?.shown == line
    var walk = historyWalk.flatMap { isUnderWay ? $0 : nil } ?? HistoryWalk(entries, typed: line, beginning: beginning)
    guard let entry = older ? walk.older() : walk.newer() else { return UInt8(CC_ERROR) }
    historyWalk = walk
    el_cursor(editor, Int32(clamping: line.unicodeScalars.count))
    el_deletestr(editor, Int32(clamping: line.unicodeScalars.count))
    el_insertstr(editor, entry)
    return UInt8(CC_REFRESH)
  }
}
