import Descriptions
import Kernels
import Tables

/// A kind of place beside plain files that `load` reads from, by an address that begins with a scheme.
public protocol AddressReading: Sendable {
  static var description: Description { get }
  /// How its addresses begin, in lower case before the colon.
  static var schemes: [String] { get }
  /// The place at an address; nothing is opened or asked yet. Throws `badFormat` for what is no address of the kind, and a `place` problem
  /// for one out of bounds. No error holds a password.
  static func place(_ address: String, _ bounds: AddressBounds) throws(SourceError) -> AddressedPlace
}

/// How addresses begin.
public enum Scheme {
  /// The scheme of an address in lower case; nil for a plain path.
  public static func of(_ address: String) -> String? {
    guard let colon = address.firstIndex(of: ":") else { return nil }
    let scheme = address[..<colon].lowercased()
    return scheme.isEmpty || !scheme.allSatisfy({ $0.isASCII && $0.isLetter || $0.isNumber }) ? nil : scheme
  }
}

/// What an address may lead to.
public struct AddressBounds: Sendable {
  /// The path of a file as the system takes it; nil for one that may not be read.
  public let file: @Sendable (String) -> String?
  /// Whether no other machine may be asked.
  public let isLoopbackOnly: Bool

  public init(isLoopbackOnly: Bool = false, file: @escaping @Sendable (String) -> String? = { $0 }) {
    self.file = file
    self.isLoopbackOnly = isLoopbackOnly
  }
}

/// What an address leads to.
public enum AddressedPlace: Sendable {
  /// A table of a database, and the files of this machine that hold it.
  case table(any TypedFile, files: [String])
  /// A file that has to be fetched first.
  case remote(any RemoteFile)
}

/// A file on another machine.
public protocol RemoteFile: Sendable {
  /// Its address as it may be shown.
  var shown: String { get }
  /// Its name with the ending that tells its format, without folders.
  var fileName: String { get }
  /// Fetches it into a file without a name. Throws `place`, `file` where it cannot be kept, and `cancelled`.
  func fetch(_ progress: Progress) throws(SourceError) -> FetchedFile
}
