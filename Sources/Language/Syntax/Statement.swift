import Diagnostics

/// One statement of a script. Equality is of meaning: ranges do not count.
public struct Statement: Sendable {
  public enum Kind: Sendable, Equatable {
    case param(ParamDeclaration)
    case `let`(LetDeclaration)
    case define(DefineDeclaration)
    case use(UseDeclaration)
    case pipeline(Pipeline)
    /// A statement that did not parse; its diagnostics were reported.
    case error
  }

  public var kind: Kind
  public var range: SourceRange

  public init(_ kind: Kind, at range: SourceRange = .nowhere) {
    self.kind = kind
    self.range = range
  }
}

extension Statement: Equatable {
  public static func == (left: Statement, right: Statement) -> Bool { left.kind == right.kind }
}

/// `param name = value`: a value that the command line can set.
public struct ParamDeclaration: Sendable, Equatable {
  public var name: Name
  public var value: Expr

  public init(_ name: Name, _ value: Expr) {
    self.name = name
    self.value = value
  }
}

/// `let name = value` or `let name(a, b) = value`.
public struct LetDeclaration: Sendable, Equatable {
  public var name: Name
  /// Nil for a value; a list, perhaps empty, for a function.
  public var parameters: [Name]?
  public var value: Expr

  public init(_ name: Name, parameters: [Name]? = nil, _ value: Expr) {
    self.name = name
    self.parameters = parameters
    self.value = value
  }
}

/// `define name, parameter, parameter: value { … }`: a verb made of verbs.
public struct DefineDeclaration: Sendable, Equatable {
  public var name: Name
  public var parameters: [DefineParameter]
  /// Lets and pipelines, and errors where one did not parse.
  public var body: [Statement]

  public init(_ name: Name, parameters: [DefineParameter] = [], body: [Statement]) {
    self.name = name
    self.parameters = parameters
    self.body = body
  }
}

/// A parameter of a `define`; it stands for an argument of the verb.
public struct DefineParameter: Sendable, Equatable {
  public var name: Name
  /// Nil if every use of the verb must give it.
  public var defaultValue: Expr?

  public init(_ name: Name, defaultValue: Expr? = nil) {
    self.name = name
    self.defaultValue = defaultValue
  }
}

/// `use "file.mlp"`: another file's lets and defines.
public struct UseDeclaration: Sendable {
  public var path: String
  /// The range of the text, quotes included.
  public var pathRange: SourceRange

  public init(_ path: String, at pathRange: SourceRange = .nowhere) {
    self.path = path
    self.pathRange = pathRange
  }
}

extension UseDeclaration: Equatable {
  public static func == (left: UseDeclaration, right: UseDeclaration) -> Bool { left.path == right.path }
}
