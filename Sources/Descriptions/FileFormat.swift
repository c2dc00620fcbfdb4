/// A file format: what it says of itself. What it can do is told by what else it conforms to: reading tables or models,
/// writing tables, models or reports.
public protocol FileFormat: Sendable {
  /// Name, summary, examples; its parameters are the options of reading that no other format need have.
  static var description: Description { get }
  /// The endings of its files' names, in lower case without a dot; what is written has the first.
  static var endings: [String] { get }
  /// Whether its files may be compressed, which another ending behind theirs tells.
  static var isCompressible: Bool { get }
}

extension FileFormat {
  public static var isCompressible: Bool { false }
  public static var name: String { description.name }
}
