import Diagnostics

/// Sets one statement into lines: the breaks of the source stay, and lines that are too wide are broken after a comma,
/// `|>`, `and` or `or`, outside of brackets if that suffices.
struct LineBreaker {
  private let words: [FormattedWord]
  private let indentation: Int
  /// For each open bracket the indentation of the line that opened it.
  private var bracketIndentations: [Int] = []
  private var done: [FormattedLine] = []
  private var line: FormattedLine
  private var width: Int

  init(_ words: [FormattedWord], indentation: Int) {
    self.words = words
    self.indentation = indentation
    line = FormattedLine(indentation: indentation, code: "", comment: nil)
    width = indentation
  }

  mutating func lines() -> [FormattedLine] {
    for index in words.indices {
      if index > 0, mustBreak(before: index) || shouldBreak(before: index) { startLine(with: words[index]) }
      append(words[index])
    }
    done.append(line)
    return done
  }

  private func mustBreak(before index: Int) -> Bool {
    words[index].breaksBefore || !words[index].commentsBefore.isEmpty || words[index - 1].comment != nil
  }

  private mutating func startLine(with word: FormattedWord) {
    done.append(line)
    let inside = indentationInside
    for comment in word.commentsBefore {
      done.append(FormattedLine(indentation: inside, code: "", comment: comment))
    }
    let own = word.closes ? bracketIndentations.last ?? indentation : inside
    line = FormattedLine(indentation: own, code: "", comment: nil)
    width = own
  }

  private var indentationInside: Int { (bracketIndentations.last ?? indentation) + Formatter.indentation }

  private mutating func append(_ word: FormattedWord) {
    if !line.code.isEmpty, word.hasSpaceBefore {
      line.code += " "
      width += 1
    }
    line.code += word.text
    width += word.width
    if word.opens { bracketIndentations.append(line.indentation) }
    if word.closes { _ = bracketIndentations.popLast() }
    line.comment = word.comment
  }

  /// Whether what follows a place to break belongs on a new line: it does not fit here, and fits better there.
  private func shouldBreak(before index: Int) -> Bool {
    guard let rank = words[index - 1].breakRank else { return false }
    let room = Formatter.width - width
    if fits(from: index, rank: rank, in: room - 1) { return false }
    if fits(from: index, rank: rank, in: Formatter.width - indentationInside) { return true }
    return !fits(from: index, rank: .max, in: room - 1)
  }

  /// Whether the words up to the next place to break that is at least as good fit into so many columns. Looks at no
  /// more words than columns.
  private func fits(from index: Int, rank: Int, in room: Int) -> Bool {
    var used = 0
    var depth = 0
    for position in index..<words.count {
      let word = words[position]
      if position > index {
        if mustBreak(before: position) { break }
        if word.hasSpaceBefore { used += 1 }
      }
      used += word.width
      if used > room { return false }
      depth += word.bracketChange
      guard let own = word.breakRank else { continue }
      if rank == .max || depth < 0 || (depth == 0 && own <= rank) { break }
    }
    return used <= room
  }
}
