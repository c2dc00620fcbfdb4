import Caching
import Descriptions
import Diagnostics
import Synchronization

/// A file that a stage writes.
public struct WrittenFile: Sendable {
  /// What becomes of a file that is there.
  public enum Use: Sendable { case keeps, replaces, adds }

  /// What a verb that writes a file asks before data is lost.
  public static let replace = Parameter<Bool>(
    "replace", "Replaces a file that is there, also one that the script reads",
    otherwise: "what the script reads is never overwritten, nor at the prompt a file that the session did not write")

  /// As the script names it.
  public let path: String
  /// Where the script names it.
  public let range: SourceRange?
  public let use: Use

  public init(_ path: String, at range: SourceRange?, _ use: Use = .keeps) {
    self.path = path
    self.range = range
    self.use = use
  }
}

extension VerbCall {
  /// The file at a path that stands in an argument of the call.
  public func written(_ path: String, at range: SourceRange?) -> WrittenFile {
    WrittenFile(path, at: range, options[WrittenFile.replace] == true ? .replaces : .keeps)
  }

  /// The file that an option names, if it is given.
  public func written(_ option: Parameter<String>) -> [WrittenFile] {
    options[option].map { [written($0, at: optionRanges[option.name])] } ?? []
  }

  /// Whether an earlier stage of the script writes the file.
  public func promises(_ path: String) -> Bool {
    !promisedFiles.isEmpty && WorkingFolder.place(of: path).map(promisedFiles.contains) ?? false
  }
}

/// The files that a session has written, in the state it left them in. All copies of its environment share them, for what was written
/// stays written when an entry is taken back.
final class WrittenFiles: Sendable {
  private let states = Mutex<[String: FileIdentity]>([:])

  /// Whether the session wrote the file that is there and nobody has changed it since.
  func hold(_ place: String) -> Bool { states.withLock { $0[place] } == FileIdentity(place) }

  /// Runs what writes files, and keeps those that it left in another state.
  func noting<Result>(_ places: [String], _ body: () -> Result) -> Result {
    let before = places.map { FileIdentity($0) }
    let result = body()
    for (place, old) in zip(places, before) {
      if let new = FileIdentity(place), new != old { states.withLock { $0[place] = new } }
    }
    return result
  }
}
