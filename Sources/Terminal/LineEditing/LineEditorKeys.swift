import CLineEditing

/// The keys beyond libedit's own, and what a terminal sends around a paste.
enum LineEditorKeys {
  /// Bracketed paste (xterm): pasted text comes between marks, so that its tabs and line breaks are not keys.
  static let pasteOn = "\u{1B}[?2004h"
  static let pasteOff = "\u{1B}[?2004l"
  static let pasteEnd: [Unicode.Scalar] = Array("\u{1B}[201~".unicodeScalars)
  /// A sequence that no key sends.
  static let insertPasted = "\u{1B}[9200~"

  private static let older = "mlp-older-entry"
  private static let newer = "mlp-newer-entry"

  private static let own: [(key: String, command: String)] = [
    ("\t", "mlp-complete"), ("\u{1B}[200~", "mlp-paste"), (insertPasted, "mlp-insert-pasted"),
    ("\u{12}", "em-inc-search-prev"),
    ("\u{1B}[A", older), ("\u{1B}OA", older), ("\u{10}", older),
    ("\u{1B}[B", newer), ("\u{1B}OB", newer), ("\u{E}", newer),
    ("\u{1B}[H", "ed-move-to-beg"), ("\u{1B}OH", "ed-move-to-beg"), ("\u{1B}[1~", "ed-move-to-beg"),
    ("\u{1B}[7~", "ed-move-to-beg"), ("\u{1B}[F", "ed-move-to-end"), ("\u{1B}OF", "ed-move-to-end"),
    ("\u{1B}[4~", "ed-move-to-end"), ("\u{1B}[8~", "ed-move-to-end"), ("\u{1B}[3~", "ed-delete-next-char"),
    ("\u{1B}[1;5C", "em-next-word"), ("\u{1B}[1;5D", "ed-prev-word"), ("\u{1B}[1;3C", "em-next-word"),
    ("\u{1B}[1;3D", "ed-prev-word"), ("\u{17}", "ed-delete-prev-word"),
  ]

  static func bind(_ editor: OpaquePointer) {
    line_editing_add_command(editor, "mlp-complete", "complete the word before the cursor") { editor, _ in
      editor.flatMap { editor in LineEditor.of(editor).map { $0.complete(editor) } } ?? UInt8(CC_ERROR)
    }
    line_editing_add_command(editor, "mlp-paste", "insert pasted text") { editor, _ in
      editor.flatMap { editor in LineEditor.of(editor).map { $0.paste(editor) } } ?? UInt8(CC_ERROR)
    }
    line_editing_add_command(editor, "mlp-insert-pasted", "insert the rest of a paste") { editor, _ in
      editor.flatMap { editor in LineEditor.of(editor).map { $0.insertPasted(editor) } } ?? UInt8(CC_ERROR)
    }
    line_editing_add_command(editor, older, "an older entry that begins as the line does") { editor, _ in
      editor.flatMap { editor in LineEditor.of(editor).map { $0.walk(editor, older: true) } } ?? UInt8(CC_ERROR)
    }
    line_editing_add_command(editor, newer, "a newer entry that begins as the line does") { editor, _ in
      editor.flatMap { editor in LineEditor.of(editor).map { $0.walk(editor, older: false) } } ?? UInt8(CC_ERROR)
    }
    for (key, command) in own { line_editing_bind(editor, key, command) }
  }
}
