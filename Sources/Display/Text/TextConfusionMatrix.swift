import Notation
import Tables

extension TextRenderer {
  /// Actual classes down, predicted classes across, and the share that is right.
  func lines(_ matrix: ConfusionMatrixDisplay) -> [String] {
    let classes = matrix.classes.map { ValueName.of($0) }
    let heads = TextColumn(
      name: unicode ? "actual ╲ predicted" : "actual \\ predicted", alignment: .left, cells: classes,
      isCuttable: true, namesRows: true)
    let columns =
      [heads]
      + classes.indices.map { predicted in
        TextColumn(
          name: classes[predicted], alignment: .right,
          cells: classes.indices.map { "\(matrix.count(actual: $0, predicted: predicted))" }, isCuttable: false)
      }
    let fit = fit(columns)
    let hidden = columns.count - fit.shown.count
    let title = heading(matrix.title)
    let footer = matrix.summary + (hidden > 0 ? " \(ellipsis) (\(counted(hidden, "more column")))" : "")
    return title + lines(columns, fit) + [footnote(footer)]
  }
}
