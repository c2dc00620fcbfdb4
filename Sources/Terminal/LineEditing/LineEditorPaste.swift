import CLineEditing

extension LineEditor {
  /// Scalars of a paste that are kept; what comes after is read and dropped.
  static let pasteLimit = 4 << 20

  /// Inserts pasted text as it is. If it has line breaks, the first line ends as by Enter, and the others follow one by
  /// one; the rest without a line break is put into the line after them, to be edited.
  func paste(_ editor: OpaquePointer) -> UInt8 {
    var lines = PastedText.lines(readPaste(editor))
    let first = lines.removeFirst()
    if !first.isEmpty { el_insertstr(editor, first) }
    guard let rest = lines.popLast() else { return UInt8(CC_REFRESH) }
    pastedLines += lines
    pastedRest = rest
    // As if typed: libedit draws the line and then sees Enter.
    el_push(editor, "\r")
    return UInt8(CC_REFRESH)
  }

  /// Puts what a paste left over into the empty line.
  func insertPasted(_ editor: OpaquePointer) -> UInt8 {
    let rest = pastedRest ?? ""
    pastedRest = nil
    if !rest.isEmpty { el_insertstr(editor, rest) }
    return UInt8(CC_REFRESH)
  }

  /// Drops the lines of a paste that wait for their turn, and gives how many there were, blank ones aside.
  @discardableResult
  public func dropPaste() -> Int {
    let waiting = pastedLines + [pastedRest ?? ""]
    pastedLines = []
    pastedRest = nil
    return waiting.count(where: { $0.contains { !$0.isWhitespace } })
  }

  private func readPaste(_ editor: OpaquePointer) -> [Unicode.Scalar] {
    var scalars: [Unicode.Scalar] = []
    var tail: [Unicode.Scalar] = []
    var character: wchar_t = 0
    while el_wgetc(editor, &character) == 1 {
      guard let scalar = Unicode.Scalar(UInt32(bitPattern: character)) else { continue }
      tail.append(scalar)
      if tail == LineEditorKeys.pasteEnd { return scalars }
      // What cannot become the end mark is text.
      while !tail.isEmpty, !LineEditorKeys.pasteEnd.starts(with: tail) {
        if scalars.count < Self.pasteLimit { scalars.append(tail[0]) }
        tail.removeFirst()
      }
    }
    return scalars
  }
}

/// Text from a paste, cut into lines.
enum PastedText {
  /// Lines between CR, LF or CR LF, without other control characters than tabs, which could only hide what is pasted.
  /// The last one is what stands after the last line break, perhaps nothing; never empty.
  static func lines(_ scalars: [Unicode.Scalar]) -> [String] {
    var lines = [""]
    var afterReturn = false
    for scalar in scalars {
      if scalar == "\n", afterReturn {
        afterReturn = false
        continue
      }
      afterReturn = scalar == "\r"
      if scalar == "\r" || scalar == "\n" {
        lines.append("")
      } else if scalar == "\t" || scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value) {
        lines[lines.count - 1].unicodeScalars.append(scalar)
      }
    }
    return lines
  }
}
