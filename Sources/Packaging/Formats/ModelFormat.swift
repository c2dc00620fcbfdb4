import Descriptions
import Plan
import Scoring
import Tables

/// A format that models are written in.
public protocol ModelWriting: FileFormat {
  /// The file's bytes, the same for equal packages. Throws the step that the format cannot hold.
  static func bytes(_ package: PackageFile) throws(Unsupported) -> [UInt8]
  /// Reads bytes back by a reader of their own and scores some rows, which have the package's inputs. Throws where that is not what
  /// the package's graph answers.
  static func check(_ bytes: [UInt8], _ package: PackageFile, on rows: Table) throws(ExportFault)
}

extension ModelWriting {
  /// Whether a file of the format keeps the guards of a model: one that cannot be read again has no place for them.
  public static var holdsGuards: Bool { self is any ModelReading.Type }
}

/// A format that models are read from: without the rows they were trained from.
public protocol ModelReading: FileFormat {
  /// What the beginning of the file tells: no more of it is read than of any file that a script is checked with.
  /// Throws `cannot-read` or `bad-format`.
  static func manifest(_ path: String) throws(EngineError) -> PackageManifest
  /// The model in a file. Throws `cannot-read`, or `bad-format` with the place at which it goes wrong.
  static func model(_ path: String) throws(EngineError) -> Model
}
