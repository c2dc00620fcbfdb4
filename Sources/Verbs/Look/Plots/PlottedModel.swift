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
  static func lookOfOtherTask(
    _ mark: PlotMark, _ label: String, _ task: LearningTask, instead: [PlotMark]
  ) -> SubjectProblem {
    .lookOfOtherTask(mark.rawValue, label: label, task, instead: instead.map(\.rawValue))
  }
}

extension PlotMark {
  /// The marks that show a model of a label of that task, any where it is not known, and of which that part can be read.
  static func fitting(_ task: LearningTask?, _ mayBe: (ReadablePart) -> Bool) -> [PlotMark] {
    ofModels.filter { mark in
      guard task.map(mark.fits) ?? true else { return false }
      switch mark {
      case .coefficients: return mayBe(.coefficients)
      case .tree: return mayBe(.tree)
      default: return true
      }
    }
  }
}
