import Diagnostics
import Expressions
import Interpreter
import Plan
import Validation

/// A rule as it was written, which becomes a test when the rows are there.
struct PlannedRule: Sendable {
  let words: String
  let range: SourceRange
  let limits: RuleLimits
  let isGuard: Bool
  let reach: RuleReach
  /// The columns that it reads.
  let columns: [String]
  /// What it asks of a row, where it is one of a row.
  let condition: Expression?
  /// What it reads beside the rows.
  let reads: ReadFiles
  /// Whether its answer depends on when it is asked.
  let isOfTheMoment: Bool
  private let test: @Sendable (RunContext) throws(EngineError) -> any RuleTest

  init(
    _ frame: RuleFrame, reach: RuleReach, columns: [String], condition: Expression? = nil, reads: ReadFiles = .none,
    isOfTheMoment: Bool = false, _ test: @escaping @Sendable (RunContext) throws(EngineError) -> any RuleTest
  ) {
    words = frame.words
    range = frame.range
    limits = frame.limits
    isGuard = frame.isGuard
    self.reach = reach
    self.columns = columns
    self.condition = condition
    self.reads = reads
    self.isOfTheMoment = isOfTheMoment
    self.test = test
  }

  /// One that is decided by what is known of it.
  init(_ frame: RuleFrame, _ test: some RuleTest, condition: Expression? = nil) {
    self.init(frame, reach: test.reach, columns: test.columns, condition: condition) { _ throws(EngineError) in test }
  }

  /// The rule to be asked of rows.
  func rule(_ context: RunContext) throws(EngineError) -> ValidationRule {
    ValidationRule(try test(context), words: words, limits: limits, isGuard: isGuard)
  }

  /// The step by which it travels inside a model.
  var step: Step? {
    isGuard ? condition.map { Step.feature(GuardStep($0, rule: words)) } : nil
  }
}

/// What is said of a rule beside what it asks.
struct RuleFrame: Sendable {
  var words: String
  var range: SourceRange
  var limits: RuleLimits
  var isGuard: Bool
}

/// What reading a rule gave.
enum ReadRule {
  case known(PlannedRule)
  /// A column of it shows only when the rows arrive.
  case open
  /// An error was reported.
  case failed
}
