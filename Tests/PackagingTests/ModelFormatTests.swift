import Expressions
import Packaging
import Scoring
import Testing

@Suite struct ModelFormatTests {
  static let formats: [any ModelWriting.Type] = [OnnxFormat.self, MlpkgFormat.self]

  @Test(arguments: [0, 1]) func aFormatWritesThePackage(place: Int) throws {
    let format = Self.formats[place]
    #expect(!format.description.summary.isEmpty && !format.description.details.isEmpty)
    let bytes = try format.bytes(SamplePackage.full)
    #expect(bytes.count > 500)
    #expect(try format.bytes(SamplePackage.full) == bytes)
  }

  @Test func everyRefusalAndCaveatOfTheMatrixHasWords() {
    let answers = OperatorKind.allCases.map(OnnxTarget.support) + Function.allCases.map(OnnxTarget.support)
    for answer in answers {
      switch answer {
      case .full: break
      case .partial(let words), .none(let words): #expect(!words.isEmpty)
      }
    }
  }
}
