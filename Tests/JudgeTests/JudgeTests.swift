import Foundation
import ProgramRunning
import Testing

@Suite(.serialized) struct JudgeTests {
  @Test func judgesAreThereWhereNobodyWatches() {
    let mustBe = ProcessInfo.processInfo.environment["CI"] == "true"
    #expect(Judge.isThere || !mustBe, "\(Judge.absence)")
  }

  @Test(
    .enabled(if: Judge.isThere, "\(Judge.absence)"),
    arguments: ["iris", "wine", "breast_cancer", "digits", "diabetes", "penguins", "diamonds", "titanic"])
  func learnersScoreAsScikitLearnDoes(name: String) throws { try expectAgreement("scores_judge.py", [name]) }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func onnxruntimeAnswersAsPredictDoes() throws { try expectAgreement("export_judge.py") }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func onnxruntimeAnswersAsPredictDoesForRandomModels() throws {
    try expectAgreement("random_exports_judge.py", ["300", "1"])
  }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func profilesMeasureAsPolarsAndDuckDBDo() throws { try expectAgreement("profile_judge.py") }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func profilesInFullMeasureAsSciPyAndPandasDo() throws { try expectAgreement("profile_details_judge.py") }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func parquetFilesAreReadAndWrittenAsOthersDo() throws { try expectAgreement("parquet_judge.py") }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func filtersLeaveTheRowsOfParquetFilesThatPyArrowLeaves() throws {
    try expectAgreement("skipping_judge.py", ["40", "1"])
  }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func arrowFilesHoldWhatOthersReadAndWrite() throws { try expectAgreement("arrow_judge.py") }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func othersReadAndWriteJSONAsWeDo() throws { try expectAgreement("json_judge.py") }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func dialectsOfOtherToolsAreReadAsWritten() throws { try expectAgreement("delimited_judge.py") }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func cleaningDoesWhatNumPySciPyAndPandasDo() throws { try expectAgreement("cleaning_judge.py") }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func missingCellsAreFilledAsScikitLearnAndPandasDo() throws { try expectAgreement("impute_judge.py", ["20", "1"]) }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func partsAndFoldsAreDrawnAsScikitLearnDoes() throws { try expectAgreement("split_judge.py", ["6", "1"]) }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func labelsAreMadeAndDoubtedAsThePapersSay() throws { try expectAgreement("labels_judge.py", ["1"]) }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func madeRowsTeachWhatRealRowsTeachAndKeepTheirDistance() throws { try expectAgreement("synth_judge.py", ["2"]) }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func rowsHideAsWellAsPyCANONSays() throws { try expectAgreement("anonymity_judge.py", ["1"]) }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func columnsAboutPersonsAreFoundBesidePresidio() throws { try expectAgreement("detection_judge.py", ["1"]) }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func arffAndLibSVMFilesHoldWhatOthersReadAndWrite() throws { try expectAgreement("lines_judge.py") }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func workbooksOfOtherToolsAreReadAsWritten() throws { try expectAgreement("workbook_judge.py") }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func joinsGroupsWindowsOrdersAndConditionsAreThoseOfDuckDBAndPolars() throws {
    try expectAgreement("relational_judge.py", ["600", "1"])
  }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func rulesGiveTheVerdictsOfGreatExpectations() throws { try expectAgreement("validation_judge.py") }

  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func placesAreReadAsOthersReadThem() throws { try expectAgreement("places_judge.py", ["1"]) }

  /// All types, odd names, few rows, many missing cells, each writer with options drawn anew.
  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func randomTablesAreReadAndWrittenAsOthersDo() throws { try expectAgreement("tables_judge.py", ["25", "1"]) }

  /// Missing cells, rare and many classes, constant and many-valued columns, groups, time; `benchmark generated` draws more.
  @Test(.enabled(if: Judge.isThere, "\(Judge.absence)"))
  func learnersHoldUpOnGeneratedSets() throws {
    try expectAgreement("generated_sets_judge.py", ["12", "0", "7", "6000"])
  }

  private func expectAgreement(_ script: String, _ arguments: [String] = []) throws {
    let ended = try Judge.run(script, arguments)
    #expect(ended.status == 0, "\(ended.output)\n\(ended.errors)")
    if ended.status == 0 { print(ended.output) }
  }
}
