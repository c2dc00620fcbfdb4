import Tables
import Testing

@Suite struct ValueNameTests {
  @Test(arguments: [
    ("yes", "yes"), (" yes", "\" yes\""), ("yes ", "\"yes \""), ("", "\"\""), (" ", "\" \""), ("·", "\"·\""),
    ("\"a\"", "\"\\\"a\\\"\""), ("a b", "a b"), ("\u{A0}yes", "\"\u{A0}yes\""), ("a\tb", "a\\tb"),
  ])
  func onlyWhatWouldNotBeSeenIsPutInQuotes(text: String, name: String) {
    #expect(ValueName.of(text) == name)
    #expect(Cell.text(text).name == name)
  }

  @Test(arguments: [("yes", "'yes'"), (" yes", "\" yes\""), ("", "\"\"")])
  func aSentencePutsEveryValueInQuotesOnce(text: String, name: String) {
    #expect(ValueName.quoted(text) == name)
  }

  @Test func valuesThatAreNoTextsAreTheirOwnNames() {
    #expect([Cell.int(3), .bool(true), .float(0.5)].map(\.name) == ["3", "true", "0.5"])
  }
}
