import Plan

/// One rule of a validation.
public struct ValidationRule: Sendable {
  public let test: any RuleTest
  /// As it is written, or called.
  public let words: String
  public let limits: RuleLimits
  /// Whether it travels inside a model, which then answers no row that it is false for.
  public let isGuard: Bool

  public init(_ test: any RuleTest, words: String, limits: RuleLimits = RuleLimits(), isGuard: Bool = false) {
    self.test = test
    self.words = words
    self.limits = limits
    self.isGuard = isGuard
  }
}

/// Above which share of failing rows a rule warns and above which it stops, of the rows that it is true or false for.
public struct RuleLimits: Sendable, Hashable {
  public let warn: Double?
  public let stop: Double?

  public init(warn: Double? = nil, stop: Double? = nil) {
    self.warn = warn
    self.stop = stop
  }

  /// Whether any was set; without one the first failing row counts.
  public var isSet: Bool { warn != nil || stop != nil }

  /// What becomes of a rule that `failed` of `decided` rows fail.
  public func verdict(failed: Int, of decided: Int) -> RuleVerdict {
    let share = decided > 0 ? Double(failed) / Double(decided) : 0
    if !isSet { return failed > 0 ? .failed : .passed }
    if let stop, share > stop { return .failed }
    if let warn, share > warn { return .warned }
    return .passed
  }
}

public enum RuleVerdict: String, Sendable, Hashable, CaseIterable { case passed, warned, failed }
