import Interpreter
import Learners
import Plan
import Tables

extension ModelType {
  /// Whether the label is a number; nil while that is not known.
  var isOfNumber: Bool? {
    if let task { return task == .regression }
    if let algorithms {
      let tasks = algorithms.compactMap { LearnerCatalog.named($0)?.tasks }
      if tasks.count == algorithms.count, !tasks.isEmpty {
        if tasks.allSatisfy({ $0 == [.regression] }) { return true }
        if tasks.allSatisfy({ !$0.contains(.regression) }) { return false }
      }
    }
    guard let label = split?.schema.label else { return nil }
    switch (label.task, split?.schema.facts(of: label.name)?.type) {
    case (.regression, _), (.auto, .float?): return true
    case (.classification, _), (.auto, .text?), (.auto, .bool?): return false
    default: return nil
    }
  }

  /// Whether a model of one of its algorithms can be read so.
  func mayBe(_ part: ReadablePart) -> Bool {
    algorithms?.contains { LearnerCatalog.named($0)?.readable == part } ?? true
  }
}

extension SubjectProblem {
  /// A mark that is not for the label, with those that are.
  static func lookOfOtherTask(_ mark: PlotMark, _ label: String, _ task: LearningTask) -> SubjectProblem {
    let fitting = PlotMark.ofModels.filter { $0.fits(task) && !$0.fits(task == .regression ? .binary : .regression) }
    return .lookOfOtherTask(mark.rawValue, label: label, task, instead: (fitting + [.importance]).map(\.rawValue))
  }
}
