import Notation
import Testing

@Suite struct SuggestionTests {
  @Test(
    arguments: [
      ("Agee", "age"), ("AGE", "age"), ("pclss", "pclass"), ("surived", "survived"), ("embarkde", "embarked"),
      ("passenger", "passenger_id"), ("fares", "fare"), ("grosse", "grösse"),
    ])
  func findsTheColumnThatWasMeant(word: String, meant: String) {
    let columns = ["passenger_id", "survived", "pclass", "age", "fare", "embarked", "grösse"]
    #expect(didYouMean(word, among: columns) == meant)
  }

  @Test(arguments: ["", "xyz", "a", "zebra", String(repeating: "age", count: 100_000)])
  func saysNothingAboutOtherWords(word: String) {
    #expect(didYouMean(word, among: ["age", "fare", "b", ""]) == nil)
  }

  @Test func synonymsComeFirstIfTheyAreOffered() {
    #expect(didYouMean("n_estimators", among: ["trees", "n_estimate"], synonyms: ["n_estimators": "trees"]) == "trees")
    #expect(didYouMean("mean", among: ["median"], synonyms: ["mean": "average"]) != "average")
  }

  @Test func tiesGoToTheEarlier() {
    #expect(didYouMean("cat", among: ["bat", "rat"]) == "bat")
  }
}
