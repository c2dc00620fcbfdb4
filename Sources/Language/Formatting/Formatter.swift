import Diagnostics

/// Why a script was not formatted: it has errors, all of which are here.
public struct SyntaxErrors: Error, Sendable, Equatable {
  public let diagnostics: [Diagnostic]
}

/// Gives a script its canonical spacing and keeps its words.
///
/// The words of the result are those of the script, in order, so it means the same. Line breaks inside a statement stay
/// where they are, and lines of more than `width` columns are broken after commas. Comments, cell marks and single
/// blank lines stay. Formatting twice gives what formatting once gives.
public enum Formatter {
  /// The columns that a line should not pass.
  public static let width = 100
  /// The columns that a continued line, or the body of a `define`, is set in.
  static let indentation = 4

  /// The formatted script, or its syntax errors. Linear in the size of the script.
  public static func format(_ source: SourceFile) -> Result<String, SyntaxErrors> {
    let script = ParsedScript(source)
    let errors = script.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { return .failure(SyntaxErrors(diagnostics: errors)) }
    var layout = ScriptLayout()
    for item in FormattingItem.items(of: script, source) { layout.add(item) }
    return .success(layout.finish())
  }
}

/// A word or a comment of a script with the line ends before it: all that formatting looks at.
struct FormattingItem {
  enum Content {
    case word(Token, TokenRole)
    case comment(Comment)
  }

  let content: Content
  let text: String
  /// How many line ends stand between this item and the one before.
  let lineEndsBefore: Int

  static func items(of script: ParsedScript, _ source: SourceFile) -> [FormattingItem] {
    var items: [FormattingItem] = []
    var end = 0
    var comments = script.comments[...]
    func lineEnds(before start: Int) -> Int { source.bytes[min(end, start)..<start].count { $0 == .lineFeed } }
    func addComments(before start: Int) {
      while let comment = comments.first, comment.range.start < start {
        let before = lineEnds(before: comment.range.start)
        items.append(FormattingItem(content: .comment(comment), text: comment.text, lineEndsBefore: before))
        end = comment.range.end
        comments.removeFirst()
      }
    }
    for (index, token) in script.tokens.enumerated() where !token.isLineEnd {
      addComments(before: token.range.start)
      let before = lineEnds(before: token.range.start)
      items.append(
        FormattingItem(
          content: .word(token, script.roles[index]), text: source[token.range], lineEndsBefore: before))
      end = token.range.end
    }
    addComments(before: source.bytes.count + 1)
    return items
  }
}

extension ParsedScript {
  var comments: [Comment] { program.comments }
}
