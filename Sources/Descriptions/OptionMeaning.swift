/// What a written value of an option stands for, beyond its type.
public enum OptionMeaning: Sendable, Hashable {
  /// What its type says.
  case plain
  /// A column of what the stage works on.
  case column
  /// Columns of what the stage works on and, in a record, of the table that it names beside that: `on: {day: date}`.
  case columnPairs
  /// A value of the column that the stage is about: `label plan, positive: "gold"`.
  case valueOfColumn
  case file(FileUse)
  /// What is true or false of a row that the stage makes, or a list of such: it is bound by the verb, and kept as it is written.
  case condition
}

/// What a file is for, where its path is asked for.
public enum FileUse: Sendable, Hashable {
  /// Rows or a model to be read.
  case read
  /// A table, a model or a report to be written.
  case write
  /// Rows to be written.
  case rows
  case script
  case any
}
