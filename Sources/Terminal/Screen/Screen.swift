import CLineEditing
import Display
import Glibc
import Synchronization

/// What the terminal on a file descriptor can do.
public enum Screen {
  public static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Columns of the terminal on a descriptor, `COLUMNS` where it does not say, 80 without either; nil if it is none.
  public static func width(of descriptor: Int32) -> Int? {
    guard isTerminal(descriptor) else { return nil }
    let columns = Int(line_editing_columns(descriptor))
    if columns > 0 { return columns }
    return environment("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 && $0 < 10_000 ? $0 : nil } ?? 80
  }

  /// Rows of the terminal on a descriptor; 24 where it does not say, or is none.
  static func height(of descriptor: Int32) -> Int {
    let rows = Int(line_editing_rows(descriptor))
    return rows > 0 ? rows : 24
  }

  /// Whether to use colour on a descriptor: a terminal that is not dumb, neither `NO_COLOR` (no-color.org) nor the
  /// user's `--no-color`.
  public static func usesColour(_ descriptor: Int32, refused: Bool = false) -> Bool {
    usesColour(
      isTerminal: isTerminal(descriptor), refused: refused, noColor: environment("NO_COLOR"), term: environment("TERM"))
  }

  static func usesColour(isTerminal: Bool, refused: Bool, noColor: String?, term: String?) -> Bool {
    isTerminal && !refused && (noColor ?? "").isEmpty && term != "dumb"
  }

  /// Whether marks outside ASCII may be used, by the locale of the environment. A file or pipe gets them always.
  public static func usesUnicode(_ descriptor: Int32) -> Bool {
    guard isTerminal(descriptor) else { return true }
    let locale = [environment("LC_ALL"), environment("LC_CTYPE"), environment("LANG")].compactMap { $0 }.first {
      !$0.isEmpty
    }
    let name = (locale ?? "").lowercased()
    return name.contains("utf-8") || name.contains("utf8")
  }

  /// A renderer that fits a descriptor.
  public static func renderer(for descriptor: Int32, refusingColour: Bool = false) -> TextRenderer {
    TextRenderer(
      width: width(of: descriptor), colour: usesColour(descriptor, refused: refusingColour),
      unicode: usesUnicode(descriptor))
  }

  private static let eraseLine = "\r\u{1B}[2K"
  /// Whether a progress line stands on standard error: the thread that draws it is not the one that prints.
  private static let hasProgressLine = Mutex(false)

  /// Writes all of a text past the C library's buffers, after they are flushed; gives up if the reader is gone. On a terminal
  /// the text takes the place of a progress line, and of the ^C that was written where the cursor stood when it was pressed.
  @discardableResult
  public static func write(_ text: String, to descriptor: Int32) -> Bool {
    hasProgressLine.withLock { isDrawn in
      if isTerminal(descriptor), InterruptHandler.takeEcho() || isDrawn {
        writeAll(eraseLine, to: STDERR_FILENO)
        isDrawn = false
      }
      return writeAll(text, to: descriptor)
    }
  }

  /// While somebody is asked something, no progress is drawn over the question.
  static let isAsking = Atomic<Bool>(false)

  /// Draws a progress line over the one before; nil takes it away.
  static func drawProgress(_ line: String?) {
    let hasEcho = isTerminal(STDERR_FILENO) && InterruptHandler.takeEcho()
    hasProgressLine.withLock { isDrawn in
      let line = isAsking.load(ordering: .sequentiallyConsistent) ? nil : line
      if isDrawn || hasEcho || line != nil { writeAll(eraseLine + (line ?? ""), to: STDERR_FILENO) }
      isDrawn = line != nil
    }
  }

  @discardableResult
  private static func writeAll(_ text: String, to descriptor: Int32) -> Bool {
    fflush(nil)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EAGAIN {
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&ready, 1, 1000)
      } else if count < 0, errno != EINTR {
        return false
      } else if count > 0 {
        rest = rest.dropFirst(count)
      }
    }
    return true
  }

  private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
