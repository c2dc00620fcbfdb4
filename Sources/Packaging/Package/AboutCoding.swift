import Plan
import Tables

/// Who the model is: what a reader shows before anything else.
struct PackageAbout {
  let name: String
  let madeBy: String
  /// nil without a label.
  let label: String?
  let task: LearningTask?
  let algorithm: String
}

extension LearningTask {
  /// The word in the place of a task where there is no label.
  fileprivate static let noneWord = "none"

  /// Whether a model for this task can have these classes.
  func fits(_ classes: [Cell]) -> Bool {
    switch self {
    case .regression: classes.isEmpty
    case .binary: classes.count == 2
    case .multiclass: !classes.isEmpty
    }
  }
}

extension ByteWriter {
  mutating func about(_ package: PackageFile) {
    text(package.name)
    text(package.madeBy)
    text(package.label?.name ?? "")
    text(package.label?.task.rawValue ?? LearningTask.noneWord)
    text(package.algorithm)
  }
}

extension ByteReader {
  mutating func about() throws(PackageError) -> PackageAbout {
    let (name, madeBy) = (try text(), try text())
    let start = position
    let label = try text()
    let task = try task()
    guard task != nil || label.isEmpty else { throw PackageError(offset: start, .inconsistent("the label")) }
    return PackageAbout(
      name: name, madeBy: madeBy, label: task == nil ? nil : label, task: task, algorithm: try text())
  }

  private mutating func task() throws(PackageError) -> LearningTask? {
    let start = position
    let name = try text()
    if name.utf8.elementsEqual(LearningTask.noneWord.utf8) { return nil }
    guard let task = LearningTask(rawValue: name), task.rawValue.utf8.elementsEqual(name.utf8) else {
      throw PackageError(offset: start, .unknownName(name))
    }
    return task
  }
}
