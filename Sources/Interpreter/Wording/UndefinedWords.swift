import Plan
import Tables

extension Undefined {
  /// The reason in words for `rows` judged rows; `classes` are the names of the codes.
  public func words(classes: [String], rows: Int) -> String {
    let all = counted(rows, "row")
    func name(_ code: Int) -> String {
      classes.indices.contains(code) ? ValueName.quoted(classes[code]) : "class \(code)"
    }
    return switch self {
    case .noRows: "there are no rows"
    case .otherTask: "it is not a figure of this kind of label"
    case .noProbabilities: "the model gives no probabilities"
    case .unanswered(let count): "\(count) of \(all) got no answer"
    case .noRow(let code): "no row of \(name(code)) among \(all)"
    case .noneGiven(let code): "none of \(all) was given \(name(code))"
    case .neither(let code): "no row of \(name(code)) among \(all), and none was given it"
    case .oneClass(let code): rows == 1 ? "the only row is of \(name(code))" : "all \(all) are of \(name(code))"
    case .oneAnswer(let code):
      rows == 1 ? "the only row was given \(name(code))" : "all \(all) were given \(name(code))"
    case .constantLabel: rows == 1 ? "there is only one row" : "the label is the same in all \(all)"
    case .zeroLabel(let count): "the label is 0 in \(count) of \(all)"
    case .tooLarge: "the figure is too large for a number"
    }
  }
}
