import Plan
import Tables

/// Who the model is: what a reader shows before anything else.
struct PackageAbout {
  let name: String
  let madeBy: String
  let label: String
  let task: LearningTask
  let algorithm: String
}

extension LearningTask {
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
    text(package.labelName)
    text(package.task.rawValue)
    text(package.algorithm)
  }
}

extension ByteReader {
  mutating func about() throws(PackageError) -> PackageAbout {
    PackageAbout(
      name: try text(), madeBy: try text(), label: try text(), task: try word(LearningTask.self), algorithm: try text())
  }
}
