import Descriptions
import Tables

extension SourceError {
  /// The option that would read what was refused, as lines of help.
  var remedyWords: [String] {
    switch remedy {
    case nil: []
    case .encoding(let name): ["encoding: \(name) reads such bytes, where the file is written in that encoding"]
    case .skip(let lines): ["skip: \(lines) passes over what stands above, where the table begins on line \(lines + 1)"]
    case .footer(1): ["footer: 1 leaves out the last line, where it is no row"]
    case .footer(let lines): ["footer: \(lines) leaves out the last \(lines) lines, where they are no rows"]
    case .escape(let mark): ["escape: \(RawValue.text(mark)) reads quotes that follow this mark"]
    case .dates(let orders):
      [
        orders.map { "dates: \($0)" }.joined(separator: " or ")
          + " reads it as a date, d being the day, m the month and y the year"
      ]
    }
  }
}
