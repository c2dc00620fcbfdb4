import CLineEditing
import Display
import Glibc
import Notation

extension LineEditor {
  /// Tab: inserts what all candidates share; pressed again where nothing more is shared, lists them.
  func complete(_ editor: OpaquePointer) -> UInt8 {
    guard let (line, cursor) = current(editor) else { return UInt8(CC_ERROR) }
    let completions = completions(line, cursor)
    guard !completions.candidates.isEmpty else { return UInt8(CC_ERROR) }
    if insert(completions, editor, line, cursor) {
      lastTab = nil
      return UInt8(CC_REFRESH)
    }
    if let lastTab, lastTab == (line, cursor) { return list(completions.candidates) }
    lastTab = (line, cursor)
    return UInt8(CC_ERROR)
  }

  /// The line being edited and the cursor in it, in bytes of UTF-8.
  func current(_ editor: OpaquePointer) -> (line: String, cursor: Int)? {
    guard let info = el_line(editor)?.pointee, let start = info.buffer else { return nil }
    let bytes = UnsafeRawBufferPointer(start: start, count: max(0, info.lastchar - start))
    return (String(decoding: bytes, as: UTF8.self), max(0, min(info.cursor - start, bytes.count)))
  }

  /// Replaces the range by what the candidates share; false if that stands there already.
  private func insert(_ completions: Completions, _ editor: OpaquePointer, _ line: String, _ cursor: Int) -> Bool {
    let bytes = Array(line.utf8)
    let start = completions.range.lowerBound - earlierLines.utf8.count
    guard start >= 0, start <= cursor else { return false }
    let before = String(decoding: bytes[start..<cursor], as: UTF8.self)
    let only = completions.candidates.count == 1 ? completions.candidates.first : nil
    let shared = SafeText.escaped(only.map { $0.text + $0.suffix } ?? completions.commonPrefix)
    // A shorter text would take away what was typed: candidates may match without regard to case.
    guard shared != before, only != nil || shared.utf8.count >= before.utf8.count else { return false }
    el_deletestr(editor, Int32(clamping: before.unicodeScalars.count))
    el_insertstr(editor, shared)
    return true
  }

  private func list(_ candidates: [Completions.Candidate]) -> UInt8 {
    let lines = CandidateList.lines(
      candidates, width: Screen.width(of: STDOUT_FILENO) ?? 80, height: Screen.height(of: STDOUT_FILENO))
    Screen.write("\n\u{1B}[J" + lines.map { $0 + "\n" }.joined(), to: STDOUT_FILENO)
    return UInt8(CC_REDISPLAY)
  }
}
