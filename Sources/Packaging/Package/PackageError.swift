import Expressions
import Plan

/// Why bytes are not a package that can be read, and where.
public struct PackageError: Error, Sendable, Equatable {
  public typealias Reason = PackageProblem

  /// Bytes from the start of the file.
  public let offset: Int
  public let reason: Reason

  public init(offset: Int, _ reason: Reason) {
    self.offset = offset
    self.reason = reason
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
