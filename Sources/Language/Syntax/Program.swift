import Diagnostics

/// A whole script: its statements, and what a formatter or a notebook needs beside them.
public struct Program: Sendable {
  /// `mlp 1` at the top; nil if the script does not pin its edition.
  public var edition: Edition?
  public var statements: [Statement]
  /// Every comment in source order, cell marks included.
  public var comments: [Comment]
  /// The cells of the percent format in source order; one untitled code cell for a script without marks.
  public var cells: [Cell]

  public init(
    edition: Edition? = nil, statements: [Statement], comments: [Comment] = [], cells: [Cell] = []
  ) {
    self.edition = edition
    self.statements = statements
    self.comments = comments
    self.cells = cells
  }
}

extension Program: Equatable {
  /// Whether both say the same to the engine: edition and statements, not comments, cells or ranges.
  public static func == (left: Program, right: Program) -> Bool {
    left.edition == right.edition && left.statements == right.statements
  }
}

/// `mlp 1`: the edition of the language that the script was written for.
public struct Edition: Sendable, Equatable {
  /// The edition that this build reads.
  public static let current = 1

  public var number: Int
  public var range: SourceRange

  public init(_ number: Int, at range: SourceRange = .nowhere) {
    self.number = number
    self.range = range
  }

  public static func == (left: Edition, right: Edition) -> Bool { left.number == right.number }
}

/// `# …` up to the end of its line.
public struct Comment: Sendable, Equatable {
  /// With the `#`, without the line break and the white space before it.
  public var text: String
  public var range: SourceRange
  /// Whether nothing but white space stands before it on its line.
  public var ownsLine: Bool

  public init(_ text: String, at range: SourceRange, ownsLine: Bool) {
    self.text = text
    self.range = range
    self.ownsLine = ownsLine
  }
}

/// One cell of the percent format: a `# %%` line and everything up to the next.
public struct Cell: Sendable, Equatable {
  public enum Kind: String, Sendable {
    case code, markdown
  }

  public var kind: Kind
  /// What follows `# %%` and the bracketed kind on the mark's line; empty if nothing does.
  public var title: String
  /// The range of the mark's line; nil for the text before the first mark.
  public var mark: SourceRange?
  /// From the line after the mark to the start of the next mark's line or the end of the file.
  public var content: SourceRange

  public init(kind: Kind, title: String, mark: SourceRange?, content: SourceRange) {
    self.kind = kind
    self.title = title
    self.mark = mark
    self.content = content
  }
}
