import Notation
import Tables

/// What the first lines of a file tell of its features.
struct LibSVMSurvey {
  private var highest = 0
  private var isFromZero = false
  private var hasQueries = false
  private var labels = Labels.none
  private var rows = 0
  private var bytes = 0
  private let offset: Int

  private enum Labels { case none, whole, numbers, texts }

  /// Throws `tooLarge` for more features than a table takes.
  init(_ sample: [UInt8], isWhole: Bool, path: String) throws(SourceError) {
    // A byte order mark is no part of the text.
    offset = sample.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    sample.withUnsafeBufferPointer { text in
      var rest = text[offset...]
      while !rest.isEmpty, let end = rest.firstIndex(of: 0x0A) ?? (isWhole ? rest.endIndex : nil) {
        take(UnsafeBufferPointer(rebasing: rest[..<end]))
        rest = rest[min(rest.endIndex, end + 1)...]
      }
    }
    guard highest <= LibSVMFormat.mostFeatures else {
      throw SourceError(
        source: path,
        reason: .tooLarge(
          "it has feature \(highest), and a table, which holds every zero, takes \(LibSVMFormat.mostFeatures) at most; choose or hash "
            + "features where the file is made"))
    }
  }

  private mutating func take(_ line: UnsafeBufferPointer<UInt8>) {
    var words = LibSVMWords(line)
    guard let label = words.next() else { return }
    rows += 1
    bytes += line.count + 1
    note(label)
    while let word = words.next() {
      if word.isQuery {
        hasQueries = true
      } else if let number = word.number {
        highest = max(highest, number)
        isFromZero = isFromZero || number == 0
      }
    }
  }

  private mutating func note(_ label: LibSVMWord) {
    switch label.value.kind {
    case .int: if labels == .none { labels = .whole }
    case .float: if labels != .texts { labels = .numbers }
    case .none, .big, .infinite: labels = .texts
    }
  }

  func beginning(features: Int?, stated: [String: ColumnType]) -> LineBeginning {
    let numbers = (isFromZero ? 0 : 1)...max(features ?? highest, 1)
    let label: LineColumn.Kind =
      switch (stated["label"], labels) {
      case (.text?, _), (nil, .texts): .text
      case (.float?, _), (nil, .numbers): .float
      case (.int?, _), (nil, .whole), (nil, .none): .int
      case (_, _): .text
      }
    var columns = [LineColumn(name: "label", kind: label)]
    if hasQueries { columns.append(LineColumn(name: "qid", kind: .int)) }
    let first = columns.count
    columns += numbers.map { LineColumn(name: "f\($0)", kind: .float, isZeroWhereAbsent: true) }
    let grammar = LibSVMGrammar(
      columns: columns, first: first, numbers: numbers, isCounted: features != nil)
    return LineBeginning(grammar: grammar, offset: offset, blockSize: blockSize(columns.count))
  }

  /// A block's cells are bounded, however few of them its text names.
  private func blockSize(_ columns: Int) -> Int {
    let size = max(2, bytes / max(1, rows))
    return max(1 << 12, min(1 << 20, size * max(16, (1 << 21) / columns)))
  }
}

/// How a line becomes a row.
struct LibSVMGrammar: LineGrammar {
  let columns: [LineColumn]
  let comment = UInt8(ascii: "#")
  /// The column of the first feature.
  private let first: Int
  private let numbers: ClosedRange<Int>
  /// Whether it was said how many features there are.
  private let isCounted: Bool

  init(columns: [LineColumn], first: Int, numbers: ClosedRange<Int>, isCounted: Bool) {
    self.columns = columns
    self.first = first
    self.numbers = numbers
    self.isCounted = isCounted
  }

  private var hasQueries: Bool { first == 2 }

  func read(_ line: UnsafeBufferPointer<UInt8>, into row: LineRow) -> LineFault? {
    var words = LibSVMWords(line)
    guard let word = words.next() else { return .line("has no label") }
    if word.hasMark { return .line("has no label") }
    if let fault = label(word, row[0]) { return fault }
    var last = -1
    while let word = words.next() {
      if word.isQuery {
        guard last < 0, let query = word.value.whole else { return .line("has a `qid` that is none") }
        guard hasQueries else { return .line("has a `qid`, and no row of the first 64 KiB has one") }
        row[1]?.set(query)
        continue
      }
      guard let number = word.number else { return .line("has '\(word.shown)', which is no `number:value`") }
      if number <= last { return .line("has feature \(number) behind feature \(last)") }
      last = number
      guard numbers.contains(number) else { return .line(beyond(number)) }
      if let fault = value(word, first + number - numbers.lowerBound, row) { return fault }
    }
    return nil
  }

  private func beyond(_ number: Int) -> String {
    let known =
      "has feature \(number), and \(isCounted ? "there are" : "the first 64 KiB have") \(numbers.lowerBound) to \(numbers.upperBound)"
    return isCounted || number > LibSVMFormat.mostFeatures || number == 0
      ? known : known + "; `features: \(number)` makes room for it"
  }

  private func label(_ word: LibSVMWord, _ cell: LineCell?) -> LineFault? {
    switch columns[0].kind {
    case .int:
      guard let whole = word.value.whole else { return .cell(column: 0, text: word.shown) }
      cell?.set(whole)
    case .float:
      guard word.value.kind != .none else { return .cell(column: 0, text: word.shown) }
      cell?.set(word.value.double)
    case .text, .nominal, .date, .datetime:
      guard String(validating: word.bytes, as: UTF8.self) != nil else { return .line("has a label that is not UTF-8") }
      cell?.set(word.bytes)
    }
    return nil
  }

  private func value(_ word: LibSVMWord, _ column: Int, _ row: LineRow) -> LineFault? {
    if word.value.kind == .none {
      guard word.isNotANumber else { return .cell(column: column, text: word.shownValue) }
      row[column]?.setMissing()
      return nil
    }
    row[column]?.set(word.value.double)
    return nil
  }
}

/// The words of a line, up to a comment.
struct LibSVMWords {
  private let line: UnsafeBufferPointer<UInt8>
  private var at = 0

  init(_ line: UnsafeBufferPointer<UInt8>) { self.line = line }

  mutating func next() -> LibSVMWord? {
    while at < line.count, LineBlock.isBlank(line[at]) { at += 1 }
    let start = at
    var mark: Int?
    while at < line.count, !LineBlock.isBlank(line[at]), line[at] != UInt8(ascii: "#") {
      if line[at] == UInt8(ascii: ":"), mark == nil { mark = at - start }
      at += 1
    }
    if at == start { return nil }
    return LibSVMWord(UnsafeBufferPointer(rebasing: line[start..<at]), mark: mark)
  }
}

/// A label, `number:value` or `qid:number`.
struct LibSVMWord {
  let bytes: UnsafeBufferPointer<UInt8>
  /// Where the colon is.
  private let mark: Int?
  /// What stands behind the colon; all of it where there is none.
  let value: WrittenNumber

  init(_ bytes: UnsafeBufferPointer<UInt8>, mark: Int?) {
    self.bytes = bytes
    self.mark = mark
    let start = mark.map { $0 + 1 } ?? 0
    value =
      bytes.baseAddress.map { NumberReader.shared.read($0, start, bytes.count, lenient: true) } ?? WrittenNumber(.none)
  }

  var hasMark: Bool { mark != nil }
  var isQuery: Bool { mark == 3 && bytes.prefix(3).elementsEqual("qid".utf8) }

  /// What stands before the colon.
  var number: Int? {
    guard let mark, mark > 0, mark <= 9 else { return nil }
    var number = 0
    for byte in bytes[..<mark] {
      guard byte &- 0x30 <= 9 else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    return number
  }

  var isNotANumber: Bool {
    guard let mark else { return false }
    return bytes[(mark + 1)...].lazy.map { $0 | 0x20 }.elementsEqual("nan".utf8)
  }

  var shown: String { String(decoding: bytes.prefix(100), as: UTF8.self) }
  var shownValue: String { String(decoding: bytes[((mark ?? -1) + 1)...].prefix(100), as: UTF8.self) }
}
