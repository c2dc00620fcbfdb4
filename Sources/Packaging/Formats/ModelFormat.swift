import Descriptions
import Plan
import Scoring

/// A format that models are written in.
public protocol ModelWriting: FileFormat {
  /// The file's bytes, the same for equal packages. Throws the step that the format cannot hold.
  static func bytes(_ package: PackageFile) throws(Unsupported) -> [UInt8]
}

/// A format that models are read from: without the rows they were trained from.
public protocol ModelReading: FileFormat {
  /// What the beginning of the file tells: no more of it is read than of any file that a script is checked with.
  /// Throws `cannot-read` or `bad-format`.
  static func manifest(_ path: String) throws(EngineError) -> PackageManifest
  /// The model in a file. Throws `cannot-read`, or `bad-format` with the place at which it goes wrong.
  static func model(_ path: String) throws(EngineError) -> Model
}
