import Expressions

/// Why bytes are not a package that can be read, and where.
public struct PackageError: Error, Sendable, Equatable {
  public enum Reason: Sendable, Equatable {
    case notAPackage
    /// A package of a later format.
    case unknownVersion(UInt32)
    case truncated
    case trailingBytes
    case badChecksum
    case badText
    /// A function, operator or section that this version does not have.
    case unknownName(String)
    /// A value that is not what is named.
    case badValue(String)
    /// Numbers that are each in order, but not together.
    case inconsistent(String)
    case tooLarge(String)
    case tooDeep
  }

  /// Bytes from the start of the file.
  public let offset: Int
  public let reason: Reason

  public init(offset: Int, _ reason: Reason) {
    self.offset = offset
    self.reason = reason
  }

  /// The reason and the place in one line: `byte 120: the checksum does not match`.
  public var words: String { "byte \(offset): \(reasonWords)" }

  private var reasonWords: String {
    switch reason {
    case .notAPackage: "this is not a model package"
    case .unknownVersion(let version): "the package has format \(version), which a later version of mlp writes"
    case .truncated: "the file ends early"
    case .trailingBytes: "there is more than the package"
    case .badChecksum: "the checksum does not match, so the file is damaged"
    case .badText: "a text is not UTF-8"
    case .unknownName(let name): "'\(name.prefix(80))' is not known to this version"
    case .badValue(let what): "this is not \(what)"
    case .inconsistent(let what): "\(what) does not fit the rest of the model"
    case .tooLarge(let what): "\(what) is over the limit"
    case .tooDeep: "an expression is nested too deeply"
    }
  }
}

/// What a reader of packages allows.
public struct PackageLimits: Sendable, Hashable {
  /// Of the file.
  public var bytes: Int
  /// Of operators within operators in an expression.
  public var expressionDepth: Int

  public init(bytes: Int = 1 << 30, expressionDepth: Int = CompiledExpression.maximumDepth) {
    self.bytes = bytes
    self.expressionDepth = expressionDepth
  }
}
