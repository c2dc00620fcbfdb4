import Expressions
import Packaging
import Scoring
import Testing

@Suite struct ExportFormatsTests {
  @Test(arguments: ["onnx", "mlpkg"])
  func aFormatIsFoundByItsExtensionAndWritesThePackage(name: String) throws {
    let format = try #require(ExportFormats.named(name))
    #expect(!format.description.summary.isEmpty && !format.description.details.isEmpty)
    let bytes = try format.emit(SamplePackage.full)
    #expect(bytes.count > 500)
    #expect(try format.emit(SamplePackage.full) == bytes)
  }

  @Test func everyRefusalAndCaveatOfTheMatrixHasWords() {
    for format in ExportFormats.all {
      let answers = OperatorKind.allCases.map(format.support) + Function.allCases.map(format.functionSupport)
      for answer in answers {
        switch answer {
        case .full: break
        case .partial(let words), .none(let words): #expect(!words.isEmpty)
        }
      }
    }
  }

  @Test func aFormatThatIsNotThereIsNil() { #expect(ExportFormats.named("pickle") == nil) }
}
