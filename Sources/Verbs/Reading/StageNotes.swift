import Display
import Plan

/// What stages had to say, as it is shown.
enum StageNotes {
  static func displays(_ notes: [StageNote]) -> [Display] {
    notes.isEmpty ? [] : [.notes(notes.map { Note($0.words) })]
  }
}
