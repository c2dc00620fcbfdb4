extension Registers {
  func matches(_ a: Register, _ pattern: Int, _ out: Register, _ rows: Int) {
    follow(a, out, rows)
    let (x, z) = (blocks[a].texts, blocks[out].bools)
    for i in 0..<rows {
      z[i] = 0
      guard isValid(out, i) else { continue }
      switch regex.match(program.patterns[pattern], x[i]) {
      case .match: z[i] = 1
      case .none: break
      case .limit: fail(out, i, rows)
      }
    }
  }

  func regexExtract(_ a: Register, _ pattern: Int, _ group: Int, _ out: Register, _ rows: Int) {
    follow(a, out, rows)
    let (x, z) = (blocks[a].texts, blocks[out].texts)
    for i in 0..<rows {
      z[i] = .empty
      guard isValid(out, i) else { continue }
      switch regex.match(program.patterns[pattern], x[i]) {
      case .match:
        if let range = regex.range(group) {
          z[i] = x[i].slice(range.lowerBound, range.upperBound)
        } else {
          blocks[out].setMissing(i, of: rows)
        }
      case .none: blocks[out].setMissing(i, of: rows)
      case .limit: fail(out, i, rows)
      }
    }
  }

  func regexReplace(_ a: Register, _ pattern: Int, _ to: Register, _ out: Register, _ rows: Int) {
    follow(a, to, out, rows)
    let (x, y, z) = (blocks[a].texts, blocks[to].texts, blocks[out].texts)
    for i in 0..<rows {
      z[i] = .empty
      guard isValid(out, i) else { continue }
      if let text = replaced(x[i], program.patterns[pattern], y[i]) { z[i] = text } else { fail(out, i, rows) }
    }
  }

  private func replaced(_ text: TextRef, _ pattern: RegularExpression, _ template: TextRef) -> TextRef? {
    var result = TextBuilder()
    var copied = 0
    var start = 0
    while start <= text.count {
      switch regex.match(pattern, text, from: start) {
      case .limit: return nil
      case .none: start = text.count + 1
      case .match:
        guard let whole = regex.range(0), whole.lowerBound >= copied else { return nil }
        result.append(text.slice(copied, whole.lowerBound))
        fill(template, from: text, into: &result)
        copied = whole.upperBound
        start = whole.isEmpty ? next(text, whole.upperBound) : whole.upperBound
      }
      if result.isTooLong { return nil }
    }
    result.append(text.slice(copied, text.count))
    return result.finish(arena)
  }

  /// The byte after the character at `place`, so that an empty match does not repeat for ever.
  private func next(_ text: TextRef, _ place: Int) -> Int {
    var next = place + 1
    while next < text.count, text.base[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }

  /// The template with `$0` … `$9` as the groups of the last match and `$$` as a dollar sign.
  private func fill(_ template: TextRef, from text: TextRef, into result: inout TextBuilder) {
    var place = 0
    var plain = 0
    while place + 1 < template.count {
      let following = template.base[place + 1]
      guard template.base[place] == 0x24, following == 0x24 || following &- 48 < 10 else {
        place += 1
        continue
      }
      result.append(template.slice(plain, place))
      if following == 0x24 {
        result.append(template.slice(place, place + 1))
      } else if let group = regex.range(Int(following &- 48)) {
        result.append(text.slice(group.lowerBound, group.upperBound))
      }
      place += 2
      plain = place
    }
    result.append(template.slice(plain, template.count))
  }
}
