import Notation

/// The few looks that text on a terminal is given.
enum TextStyle {
  case bold, dim, warning
  /// One of the colours of a plot's series.
  case series(Int)

  /// Select Graphic Rendition (ECMA-48). Series go through six colours that stand out on light and dark screens.
  var code: String {
    switch self {
    case .bold: "1"
    case .dim: "2"
    case .warning: "33"
    case .series(let place): ["34", "33", "32", "35", "36", "31"][((place % 6) + 6) % 6]
    }
  }
}

extension TextRenderer {
  /// The text in that look where colour is wanted; blank text stays as it is.
  func styled(_ text: String, _ style: TextStyle) -> String {
    colour && text.contains { $0 != " " } ? "\u{1B}[\(style.code)m\(text)\u{1B}[0m" : text
  }

  /// What marks a cut: one column wide.
  var ellipsis: String { unicode ? "…" : "~" }

  /// Columns for drawings, which need a width even where lines may be as long as they like.
  var drawingWidth: Int { min(max(width ?? 80, 20), 100) }

  /// The title over a drawing, broken where the screen ends; nothing without one.
  func heading(_ title: String?) -> [String] { title.map { over(SafeText.escaped($0), .bold) } ?? [] }

  /// Words over a drawing, broken where the screen ends.
  func over(_ text: String, _ style: TextStyle) -> [String] {
    TextWrap.lines(text, width: width, indent: 2).map { styled($0, style) }
  }

  /// A dim line under a drawing, cut to the screen.
  func footnote(_ text: String) -> String {
    styled(width.map { TextWidth.cut(text, to: $0, mark: ellipsis) } ?? text, .dim)
  }

  /// A text in a box of `width` columns, cut if need be.
  func fitted(_ text: String, _ width: Int, _ alignment: Alignment = .left) -> String {
    TextWidth.pad(TextWidth.cut(text, to: width, mark: ellipsis), to: width, alignment)
  }
}
