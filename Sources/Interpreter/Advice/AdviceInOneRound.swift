import Diagnostics
import Language
import Notation

/// Makes one piece of advice of what would take several rounds: where a line that was mended as a diagnostic says shows the next
/// habit, what that one's advice says is put into the first. A part of what is mended as a whole is not told of apart.
///
/// A statement is checked again with each rewriting, from where it stands; the work is bounded.
struct AdviceInOneRound {
  /// The errors of a text that stands where a statement does.
  typealias Recheck = (_ text: String) -> [Diagnostic]

  private static let longestStatement = 4096
  private static let mostRounds = 6
  /// How many statements may still be checked again.
  private(set) var checksLeft = 60

  static func mayFollow(_ diagnostic: Diagnostic) -> Bool {
    diagnostic.severity == .error && diagnostic.rewrite != nil && diagnostic.range != nil
  }

  static func mayFollow(_ statement: SourceRange) -> Bool { statement.end - statement.start <= longestStatement }

  /// The diagnostics of a statement that stands at `place` in its source, completed.
  mutating func completed(
    _ told: [Diagnostic], of text: String, at place: SourceRange, _ recheck: Recheck
  ) -> [Diagnostic] {
    let bytes = Array(text.utf8)
    var all = told
    var isCovered = Array(repeating: false, count: told.count)
    for index in Self.widestFirst(told) where !isCovered[index] && Self.mayFollow(told[index]) {
      guard checksLeft > 0, let edit = Edit(told[index], in: bytes, from: place.start) else { continue }
      let (whole, isSound) = follow(edit, told, place.start, recheck)
      if !isSound, namesWhatIsNotThere(whole, recheck) {
        (all[index].rewrite, all[index].label) = (nil, nil)
        continue
      }
      if whole != edit { all[index] = Self.telling(whole, in: told[index], from: place.start) }
      guard isSound else { continue }
      for other in told.indices where other != index {
        let isSame = told[other].rewrite.map { $0 == all[index].rewrite } ?? false
        if isSame || Self.isPart(told[other], of: whole, place.start) { isCovered[other] = true }
      }
    }
    return all.indices.filter { !isCovered[$0] }.map { all[$0] }
  }

  /// The rewriting with all that shows once it is followed, and whether nothing is wrong there then.
  private mutating func follow(
    _ edit: Edit, _ told: [Diagnostic], _ start: Int, _ recheck: Recheck
  ) -> (Edit, isSound: Bool) {
    var whole = edit
    for _ in 0..<Self.mostRounds {
      guard checksLeft > 0 else { break }
      checksLeft -= 1
      let further = recheck(whole.text).filter { whole.brings($0, told, from: start) }
      if further.isEmpty { return (whole, true) }
      guard let next = further.lazy.compactMap(\.rewrite).first, let both = whole.followed(by: next) else {
        // A file that is not there, say, is told of when the habit is mended.
        return (whole, !further.contains { Self.habits.contains($0.code) })
      }
      whole = both
    }
    return (whole, false)
  }

  /// Whether the text to write has verbs, values or functions that are not there: better nothing than that.
  private mutating func namesWhatIsNotThere(_ edit: Edit, _ recheck: Recheck) -> Bool {
    guard checksLeft > 0 else { return false }
    checksLeft -= 1
    return recheck(edit.text).contains {
      ($0.code == .unknownVerb || $0.code == .unknownFunction) && ($0.range.map(edit.writes) ?? false)
    }
  }

  private static let habits: Set<DiagnosticCode> = [
    .otherLanguage, .assignmentInExpression, .unexpectedArgument, .unknownVerb, .unknownFunction,
  ]

  private static func widestFirst(_ told: [Diagnostic]) -> [Int] {
    let widths = told.map { $0.rewrite.map { $0.range.end - $0.range.start } ?? 0 }
    return told.indices.sorted { (widths[$1], $0) < (widths[$0], $1) }
  }

  /// Whether an error is of a habit that the rewriting of a wider place has taken up. What makes no token, and what is only misspelt,
  /// is told in any case.
  private static func isPart(_ diagnostic: Diagnostic, of edit: Edit, _ start: Int) -> Bool {
    guard diagnostic.severity == .error, let range = diagnostic.range, habits.contains(diagnostic.code) else {
      return false
    }
    return range.start - start >= edit.start && range.end - start <= edit.end
  }

  private static func telling(_ edit: Edit, in diagnostic: Diagnostic, from start: Int) -> Diagnostic {
    var told = diagnostic
    let range = SourceRange(edit.start + start, edit.end + start)
    let written = diagnostic.rewrite.map { "here it is \(ScriptText.code($0.text))" }
    told.label =
      told.label == written ? "here it is \(ScriptText.code(edit.replacement))" : "write \(edit.replacement)"
    told.rewrite = Rewrite(range, edit.replacement)
    told.range = diagnostic.range.map { $0.union(range) }
    return told
  }
}

/// A part of a statement replaced.
private struct Edit: Equatable {
  let original: [UInt8]
  /// The bytes of the statement that are replaced.
  let start: Int
  let end: Int
  let replacement: String

  private init(_ original: [UInt8], _ start: Int, _ end: Int, _ replacement: String) {
    self.original = original
    self.start = start
    self.end = end
    self.replacement = replacement
  }

  /// nil where the rewriting reaches out of the statement.
  init?(_ diagnostic: Diagnostic, in original: [UInt8], from place: Int) {
    guard let rewrite = diagnostic.rewrite, rewrite.range.start >= place, rewrite.range.end - place <= original.count
    else { return nil }
    self.init(original, rewrite.range.start - place, rewrite.range.end - place, rewrite.text)
  }

  private var bytes: [UInt8] { original[..<start] + Array(replacement.utf8) + original[end...] }
  private var endAfter: Int { start + replacement.utf8.count }

  /// The statement as it is then.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether a place of the text as it is then lies in what was written anew.
  func writes(_ range: SourceRange) -> Bool { range.start >= start && range.end <= endAfter }

  /// Whether an error of the text as it is then was not there before: it lies in what was written anew, or was not told.
  func brings(_ error: Diagnostic, _ told: [Diagnostic], from place: Int) -> Bool {
    guard let range = error.range, range.start < start || range.end > endAfter else { return true }
    let isSame = { (other: Diagnostic) in other.code == error.code && other.message == error.message }
    let shift = endAfter - end
    let (first, last) = (
      range.start >= endAfter ? range.start - shift : range.start, range.end >= endAfter ? range.end - shift : range.end
    )
    return !told.contains { isSame($0) && $0.range == SourceRange(first + place, last + place) }
  }

  /// Both in one; nil where they do not stand on one line.
  func followed(by next: Rewrite) -> Edit? {
    let all = bytes
    guard next.range.end <= all.count else { return nil }
    let (first, last) = (min(start, next.range.start), max(endAfter, next.range.end))
    let both = all[first..<next.range.start] + Array(next.text.utf8) + all[next.range.end..<last]
    guard !both.contains(UInt8(ascii: "\n")) else { return nil }
    return Edit(original, first, end + last - endAfter, String(decoding: both, as: UTF8.self))
  }
}
