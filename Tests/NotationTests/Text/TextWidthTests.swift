import Notation
import Testing

@Suite struct TextWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("größe", 5), ("gro\u{308}ße", 5), ("中文", 4), ("한글", 4), ("\u{1112}\u{1161}\u{11AB}", 2),
    ("ｱ", 1), ("Ａ", 2), ("😀", 2), ("👩‍👩‍👧", 2), ("🇳🇴", 2), ("❤️", 2), ("…", 1), ("·", 1), ("▁▂█", 3),
    ("e\u{301}\u{327}", 1), ("ไทย", 3), ("か\u{3099}", 2),
  ])
  func columnsAreCountedAsTerminalsDraw(text: String, width: Int) {
    #expect(TextWidth.of(text) == width)
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("中文字", 5, "中文…"), ("中文字", 4, "中…"), ("abc", 1, "…"),
    ("abc", 0, ""), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
  ])
  func cutTextFitsAndIsMarked(text: String, width: Int, result: String) {
    #expect(TextWidth.cut(text, to: width) == result)
    #expect(TextWidth.of(TextWidth.cut(text, to: width)) <= width)
  }

  @Test func padFillsByColumnsNotCharacters() {
    #expect(TextWidth.pad("中", to: 4) == "中  ")
    #expect(TextWidth.pad("中", to: 4, .right) == "  中")
    #expect(TextWidth.pad("long", to: 2) == "long")
  }

  @Test(arguments: [
    ("\u{1B}[31mred", "\\u{1b}[31mred"), ("a\nb\tc\rd", "a\\nb\\tc\\rd"), ("\u{9B}31m", "\\u{9b}31m"),
    ("\u{202E}txt", "\\u{202e}txt"), ("\u{7F}", "\\u{7f}"), ("\0", "\\u{0}"), ("\u{FEFF}a", "\\u{feff}a"),
    ("\u{2028}", "\\u{2028}"), ("👩‍👧", "👩‍👧"), ("\u{E0041}", "\\u{e0041}"), ("größe", "größe"), ("a\\b", "a\\b"),
  ])
  func harmfulScalarsAreShownAsEscapes(text: String, escaped: String) {
    #expect(SafeText.escaped(text) == escaped)
  }
}
