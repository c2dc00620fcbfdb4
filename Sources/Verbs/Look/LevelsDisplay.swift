import Display
import Plan

/// How sensitive columns are, below the rows that are shown of them.
enum LevelsDisplay {
  /// Nothing where no column is classified or masked.
  static func notes(_ schema: RelationSchema) -> [Display] {
    let told = schema.columns.compactMap { name, facts -> String? in
      let words = facts.sensitivity.words
      return words.isEmpty ? nil : "\(name) \(words)"
    }
    return told.isEmpty ? [] : [.note("levels: " + told.joined(separator: "; "))]
  }
}
