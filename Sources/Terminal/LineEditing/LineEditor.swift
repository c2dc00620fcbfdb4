import CLineEditing
import Display
import Glibc
import Notation

/// Reads entries from a terminal with editing, history and completion (libedit).
///
/// For one thread, the one that reads. Only one editor may read at a time: the terminal and its signals are one.
public final class LineEditor {
  public enum Entry: Sendable, Equatable {
    /// A whole entry, perhaps of several lines, without the last line break.
    case text(String)
    /// Ctrl-C: what was typed is dropped.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal is gone.
    case endOfInput
    /// The terminal cannot be read.
    case failed
  }

  private enum Line { case text(String), interrupted, end, failed }

  private let editor: OpaquePointer?
  private let history: OpaquePointer?
  private let historyFile: HistoryFile?
  private let isComplete: (String) -> Bool
  private let completer: (String, Int) -> Completions
  /// Whether the prompt is drawn bold.
  public var colour = false
  /// The prompt without escapes.
  private var shownPrompt = ""
  /// Owned: libedit reads it whenever it draws.
  private var prompt: UnsafeMutablePointer<CChar>?
  /// Earlier entries, oldest first.
  private(set) var entries: [String] = []
  /// Where Up and Down have come to in them.
  var historyWalk: HistoryWalk?
  /// The lines of the entry before the one being edited, each with its line break.
  var earlierLines = ""
  /// Pasted lines that wait for their turn, and what a paste left for the line after them.
  var pastedLines: [String] = []
  var pastedRest: String?
  /// What stood there when Tab last found nothing more to insert.
  var lastTab: (text: String, cursor: Int)?

  /// `historyPath` nil keeps no history beyond the session. `isComplete` says whether lines so far are an entry;
  /// `completer` is given the entry so far and the cursor as a count of its UTF-8 bytes.
  public init(
    historyPath: String?, isComplete: @escaping (String) -> Bool,
    completer: @escaping (_ entry: String, _ cursor: Int) -> Completions
  ) {
    self.isComplete = isComplete
    self.completer = completer
    historyFile = historyPath.map(HistoryFile.init)
    editor = line_editing_open("mlp")
    history = editor.flatMap { line_editing_history($0, Int32(HistoryFile.limit)) }
    for entry in historyFile?.load() ?? [] { remember(entry) }
    if let editor {
      line_editing_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
      line_editing_set_prompt(editor) { $0.flatMap(LineEditor.of)?.prompt }
      line_editing_count_rows_with { editor, columns in
        editor.flatMap { editor in LineEditor.of(editor).map { $0.rowsAboveCursor(editor, columns) } } ?? 0
      }
      LineEditorKeys.bind(editor)
    }
  }

  deinit {
    if let history { history_end(history) }
    if let editor { el_end(editor) }
    free(prompt)
  }

  /// The editor that a callback of libedit belongs to.
  static func of(_ editor: OpaquePointer) -> LineEditor? {
    line_editing_client(editor).map { Unmanaged<LineEditor>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Reads lines until they are an entry; the lines after the first stand under `continuation`.
  public func readEntry(prompt: String, continuation: String) -> Entry {
    earlierLines = ""
    while true {
      switch nextLine(earlierLines.isEmpty ? prompt : continuation) {
      case .text(let line):
        let entry = earlierLines + line
        if isComplete(entry) { return finished(entry) }
        earlierLines = entry + "\n"
      case .interrupted:
        dropPaste()
        return .interrupted
      case .end:
        return earlierLines.isEmpty ? .endOfInput : finished(String(earlierLines.dropLast()))
      case .failed: return .failed
      }
    }
  }

  private func finished(_ entry: String) -> Entry {
    if entry.contains(where: { !$0.isWhitespace }), entry != entries.last {
      remember(entry)
      historyFile?.append(entry)
    }
    return .text(entry)
  }

  private func remember(_ entry: String) {
    guard let history else { return }
    line_editing_remember(history, entry)
    entries.append(entry)
    if entries.count > HistoryFile.limit * 2 { entries.removeFirst(HistoryFile.limit) }
  }

  private func nextLine(_ prompt: String) -> Line {
    if !pastedLines.isEmpty {
      let line = pastedLines.removeFirst()
      Screen.write(SafeText.escaped(prompt) + SafeText.escaped(line) + "\n", to: STDOUT_FILENO)
      return .text(line)
    }
    guard let editor else { return .failed }
    setPrompt(prompt)
    lastTab = nil
    historyWalk = nil
    line_editing_watch_signals(true)
    Screen.write(LineEditorKeys.pasteOn, to: STDOUT_FILENO)
    defer {
      Screen.write(LineEditorKeys.pasteOff, to: STDOUT_FILENO)
      line_editing_watch_signals(false)
    }
    if pastedRest != nil { el_push(editor, LineEditorKeys.insertPasted) }
    return edited(editor)
  }

  private func edited(_ editor: OpaquePointer) -> Line {
    var count: Int32 = 0
    errno = 0
    guard let line = el_gets(editor, &count), count > 0 else {
      if line_editing_interrupted() {
        el_reset(editor)
        // The cursor may stand above the last row of the entry.
        Screen.write("^C\n\u{1B}[J", to: STDOUT_FILENO)
        return .interrupted
      }
      let isError = errno != 0 && count < 0
      Screen.write("\n", to: STDOUT_FILENO)
      return isError && errno != EIO ? .failed : .end
    }
    var text = String(cString: line)
    if text.hasSuffix("\n") { text.removeLast() }
    return .text(text)
  }

  /// Escapes of colour stand between bytes 1, which tells libedit that they take no room.
  private func setPrompt(_ text: String) {
    free(prompt)
    let safe = SafeText.escaped(text)
    shownPrompt = safe
    prompt = strdup(colour ? "\u{1}\u{1B}[1m\u{1}\(safe)\u{1}\u{1B}[0m\u{1}" : safe)
  }

  private func rowsAboveCursor(_ editor: OpaquePointer, _ columns: Int32) -> Int32 {
    guard let (line, cursor) = current(editor) else { return 0 }
    let before = shownPrompt + String(decoding: line.utf8.prefix(cursor), as: UTF8.self)
    return Int32(clamping: LineRows.above(endOf: before, columns: Int(columns)))
  }

  /// What the interpreter offers at the cursor of the line being edited, with ranges in the whole entry.
  func completions(_ line: String, _ cursor: Int) -> Completions {
    completer(earlierLines + line, earlierLines.utf8.count + cursor)
  }
}
