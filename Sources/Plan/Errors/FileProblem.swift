import Kernels
import Scoring
import Tables

/// What can be wrong with a file.
public enum FileProblem: Sendable, Equatable {
  case unreadable(SourceError)
  case absent
  case outsideSandbox(String)
  case notWritten(FileError)
  /// An export in the format of a name that, read back, is not what was exported.
  case notAsExported(String, ExportFault)
  /// Rows beyond the memory bound for which there is no room in the folder for temporary files.
  case notKept(FileError)
  /// A file, or several, that changed while a script that reads it ran.
  case changed(String)
  /// Kept rows that are not those that were written.
  case damagedRows(String)
  /// A package that cannot be opened, and the byte at which it goes wrong.
  case badPackage(String, byte: Int, PackageProblem)
  /// A package whose graph does not compile.
  case badGraph(String, GraphError)

  var code: EngineError.Code {
    switch self {
    case .unreadable, .changed: .source
    case .absent: .notFound
    case .outsideSandbox: .outsideSandbox
    case .notWritten, .notKept: .cannotWrite
    case .notAsExported: .exportDiffers
    case .damagedRows: .badFormat
    case .badPackage, .badGraph: .badFormat
    }
  }
}

/// Why bytes are not a package that can be read.
public enum PackageProblem: Sendable, Equatable {
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
