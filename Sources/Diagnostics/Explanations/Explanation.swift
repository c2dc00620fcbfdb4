/// What `mlp explain-error` says about a code: a paragraph, and a small script that provokes it beside one that does not.
public struct Explanation: Sendable, Equatable {
  /// What the code means, in one sentence.
  public let summary: String
  /// Why it is an error and what to do about it.
  public let paragraph: String
  /// A script that gives the diagnostic.
  public let wrong: String
  /// The same, put right.
  public let right: String

  public init(summary: String, paragraph: String, wrong: String, right: String) {
    self.summary = summary
    self.paragraph = paragraph
    self.wrong = wrong
    self.right = right
  }
}

extension DiagnosticCode {
  /// What the code means, why, and an example.
  public var explanation: Explanation {
    switch self {
    case .unexpectedCharacter: GrammarExplanations.unexpectedCharacter
    case .unterminatedText: GrammarExplanations.unterminatedText
    case .badEscape: GrammarExplanations.badEscape
    case .badNumber: GrammarExplanations.badNumber
    case .badDate: GrammarExplanations.badDate
    case .unfinishedLine: GrammarExplanations.unfinishedLine
    case .unexpectedToken: GrammarExplanations.unexpectedToken
    case .tooDeep: GrammarExplanations.tooDeep
    case .otherLanguage: GrammarExplanations.otherLanguage
    case .chainedComparison: GrammarExplanations.chainedComparison
    case .assignmentInExpression: GrammarExplanations.assignmentInExpression
    case .badEdition: GrammarExplanations.badEdition
    case .unknownVerb: NameExplanations.unknownVerb
    case .unknownName: NameExplanations.unknownName
    case .unknownColumn: NameExplanations.unknownColumn
    case .unknownFunction: NameExplanations.unknownFunction
    case .unknownMember: NameExplanations.unknownMember
    case .ambiguousName: NameExplanations.ambiguousName
    case .reservedName: NameExplanations.reservedName
    case .duplicateName: NameExplanations.duplicateName
    case .recursion: NameExplanations.recursion
    case .badUse: NameExplanations.badUse
    case .nearValue: NameExplanations.nearValue
    case .unknownOption: ArgumentExplanations.unknownOption
    case .badOption: ArgumentExplanations.badOption
    case .missingArgument: ArgumentExplanations.missingArgument
    case .unexpectedArgument: ArgumentExplanations.unexpectedArgument
    case .unknownMethod: ArgumentExplanations.unknownMethod
    case .wrongType: ArgumentExplanations.wrongType
    case .badPattern: ArgumentExplanations.badPattern
    case .noValue: ArgumentExplanations.noValue
    case .wrongSubject: FlowExplanations.wrongSubject
    case .noSubject: FlowExplanations.noSubject
    case .afterFailure: FlowExplanations.afterFailure
    case .unusedLabel: FlowExplanations.unusedLabel
    case .noSplit: FlowExplanations.noSplit
    case .noTestPart: FlowExplanations.noTestPart
    case .sealed: FlowExplanations.sealed
    case .fittedTooEarly: LeakExplanations.fittedTooEarly
    case .labelLeak: LeakExplanations.labelLeak
    case .sensitiveFeature: LeakExplanations.sensitiveFeature
    case .privacyLeak: LeakExplanations.privacyLeak
    case .suspiciousFeature: LeakExplanations.suspiciousFeature
    case .fileNotFound: ReadingExplanations.fileNotFound
    case .cannotRead: ReadingExplanations.cannotRead
    case .cannotWrite: ReadingExplanations.cannotWrite
    case .exportDiffers: ReadingExplanations.exportDiffers
    case .overwritesSource: ReadingExplanations.overwritesSource
    case .fileExists: ReadingExplanations.fileExists
    case .badFormat: ReadingExplanations.badFormat
    case .badCell: ReadingExplanations.badCell
    case .schemaDrift: ReadingExplanations.schemaDrift
    case .tooLarge: ReadingExplanations.tooLarge
    case .emptyPart: RunningExplanations.emptyPart
    case .noRows: RunningExplanations.noRows
    case .badLabel: RunningExplanations.badLabel
    case .notConverged: RunningExplanations.notConverged
    case .trainingFailed: RunningExplanations.trainingFailed
    case .unsupported: RunningExplanations.unsupported
    case .validationFailed: RunningExplanations.validationFailed
    case .requirementNotMet: RunningExplanations.requirementNotMet
    case .addressInUse: RunningExplanations.addressInUse
    case .serviceFailed: RunningExplanations.serviceFailed
    case .interrupted: RunningExplanations.interrupted
    case .notFound: RunningExplanations.notFound
    case .outOfBounds: RunningExplanations.outOfBounds
    case .outsideSandbox: RunningExplanations.outsideSandbox
    case .unusableCache: RunningExplanations.unusableCache
    case .damagedCache: RunningExplanations.damagedCache
    case .usage: RunningExplanations.usage
    }
  }
}
