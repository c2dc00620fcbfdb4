import Formats

/// Where the body of a message is: in the file, or in bytes that were taken from a pipe.
struct MessageBody: @unchecked Sendable {
  /// Any stretch of it can be read, by several threads at once.
  let bytes: any PositionedBytes
  let start: Int
  let length: Int
}
