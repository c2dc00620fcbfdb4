extension Registers {
  /// Runs `body` on the rows where `out`, whose states are already there, has a value; what it gives nil for has failed.
  @inline(__always)
  private func eachText(_ out: Register, _ rows: Int, _ body: (Int) -> TextRef?) {
    let z = blocks[out].texts
    for i in 0..<rows {
      z[i] = .empty
      guard isValid(out, i) else { continue }
      // Without memory the run ends, whatever stands here.
      if arena.refusal != nil { return }
      if let text = body(i) { z[i] = text } else { fail(out, i, rows) }
    }
  }

  func textToText(_ op: TextToText, _ a: Register, _ out: Register, _ rows: Int) {
    follow(a, out, rows)
    let x = blocks[a].texts
    eachText(out, rows) { arena.apply(op, x[$0]) }
  }

  func textToInt(_ op: TextToInt, _ a: Register, _ out: Register, _ rows: Int) {
    follow(a, out, rows)
    let (x, z) = (blocks[a].texts, blocks[out].ints)
    for i in 0..<rows {
      switch op {
      case .length: z[i] = Int64(x[i].characterCount)
      case .wordCount: z[i] = Int64(x[i].wordCount)
      case .hash: z[i] = Int64(bitPattern: x[i].hash)
      }
    }
  }

  func luhn(_ a: Register, _ out: Register, _ rows: Int) {
    follow(a, out, rows)
    let (x, z) = (blocks[a].texts, blocks[out].bools)
    for i in 0..<rows { z[i] = x[i].passesLuhn ? 1 : 0 }
  }

  func testText(_ test: TextTest, _ a: Register, _ b: Register, _ out: Register, _ rows: Int) {
    follow(a, b, out, rows)
    let (x, y, z) = (blocks[a].texts, blocks[b].texts, blocks[out].bools)
    for i in 0..<rows {
      switch test {
      case .contains: z[i] = x[i].find(y[i]) != nil ? 1 : 0
      case .startsWith: z[i] = x[i].starts(with: y[i]) ? 1 : 0
      case .endsWith: z[i] = x[i].ends(with: y[i]) ? 1 : 0
      }
    }
  }

  func indexOf(_ a: Register, _ b: Register, _ out: Register, _ rows: Int) {
    follow(a, b, out, rows)
    let (x, y, z) = (blocks[a].texts, blocks[b].texts, blocks[out].ints)
    for i in 0..<rows { z[i] = x[i].find(y[i]).map { Int64(x[i].slice(0, $0).characterCount) + 1 } ?? 0 }
  }

  func joinText(_ a: Register, _ b: Register, _ out: Register, _ rows: Int) {
    follow(a, b, out, rows)
    let (x, y) = (blocks[a].texts, blocks[b].texts)
    eachText(out, rows) { i in
      x[i].count + y[i].count > TextBuilder.longest ? nil : arena.join(x[i], y[i])
    }
  }

  func replaceText(_ a: Register, _ from: Register, _ to: Register, _ out: Register, _ rows: Int) {
    follow(a, from, to, out, rows)
    let (x, y, w) = (blocks[a].texts, blocks[from].texts, blocks[to].texts)
    eachText(out, rows) { i in
      guard y[i].count > 0, x[i].find(y[i]) != nil else { return x[i] }
      var result = TextBuilder()
      var start = 0
      while let place = x[i].find(y[i], from: start) {
        result.append(x[i].slice(start, place))
        result.append(w[i])
        start = place + y[i].count
      }
      result.append(x[i].slice(start, x[i].count))
      return result.finish(arena)
    }
  }

  func splitPart(_ a: Register, _ separator: Register, _ n: Register, _ out: Register, _ rows: Int) {
    follow(a, separator, n, out, rows)
    let (x, y, w) = (blocks[a].texts, blocks[separator].texts, blocks[n].ints)
    eachText(out, rows) { part(w[$0], of: x[$0], y[$0]) }
  }

  private func part(_ n: Int64, of text: TextRef, _ separator: TextRef) -> TextRef {
    guard separator.count > 0 else { return n == 1 || n == -1 ? text : .empty }
    var starts = [0]
    while let place = text.find(separator, from: starts[starts.count - 1]) { starts.append(place + separator.count) }
    let place = n < 0 ? Int64(starts.count) + n : n - 1
    guard n != 0, place >= 0, place < Int64(starts.count) else { return .empty }
    let index = Int(place)
    let end = index + 1 < starts.count ? starts[index + 1] - separator.count : text.count
    return text.slice(starts[index], end)
  }

  func cutText(_ cut: TextCut, _ a: Register, _ n: Register, _ out: Register, _ rows: Int) {
    follow(a, n, out, rows)
    let (x, w) = (blocks[a].texts, blocks[n].ints)
    eachText(out, rows) { i in
      switch cut {
      case .left: return substring(x[i], 1, w[i])
      case .right:
        let length = Int64(x[i].characterCount)
        return w[i] >= length ? x[i] : substring(x[i], length - max(w[i], 0) + 1, length)
      case .from: return substring(x[i], w[i], .max)
      case .repeat: return repeated(x[i], w[i])
      }
    }
  }

  private func repeated(_ text: TextRef, _ times: Int64) -> TextRef? {
    guard times > 0, text.count > 0 else { return .empty }
    guard times <= TextBuilder.longest / text.count else { return nil }
    let place = arena.allocate(text.count * Int(times))
    for i in 0..<Int(times) { (place + i * text.count).update(from: text.base, count: text.count) }
    return TextRef(base: place, count: text.count * Int(times))
  }

  func substring(_ a: Register, _ start: Register, _ count: Register, _ out: Register, _ rows: Int) {
    follow(a, start, count, out, rows)
    let (x, y, w) = (blocks[a].texts, blocks[start].ints, blocks[count].ints)
    eachText(out, rows) { substring(x[$0], y[$0], w[$0]) }
  }

  /// Characters from place `start` (from 1; below 0 from the end; 0 is as 1), at most `count`.
  private func substring(_ text: TextRef, _ start: Int64, _ count: Int64) -> TextRef {
    guard count > 0 else { return .empty }
    var first = max(start, 1) - 1
    if start < 0 {
      // Past the front there is nothing to skip.
      first = max(0, Int64(text.characterCount) &+ max(start, -(1 << 40)))
    }
    let from = text.offset(ofCharacter: Int(clamping: first))
    let rest = text.slice(from, text.count)
    return rest.slice(0, rest.offset(ofCharacter: Int(clamping: count)))
  }

  func pad(left: Bool, _ a: Register, _ width: Register, _ fill: Register, _ out: Register, _ rows: Int) {
    follow(a, width, fill, out, rows)
    let (x, y, w) = (blocks[a].texts, blocks[width].ints, blocks[fill].texts)
    eachText(out, rows) { i in
      let (lacking, overflow) = y[i].subtractingReportingOverflow(Int64(x[i].characterCount))
      guard !overflow, lacking > 0, w[i].count > 0 else { return x[i] }
      let fillLength = Int64(w[i].characterCount)
      guard lacking <= Int64(TextBuilder.longest), fillLength > 0 else { return nil }
      let times = (lacking + fillLength - 1) / fillLength
      guard let run = repeated(w[i], times), run.count + x[i].count <= TextBuilder.longest else { return nil }
      let filling = run.slice(0, run.offset(ofCharacter: Int(lacking)))
      return left ? arena.join(filling, x[i]) : arena.join(x[i], filling)
    }
  }
}
