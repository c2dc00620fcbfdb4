import Engine
import Interpreter
import Kernels
import Verbs

/// What every command needs: the vocabulary, and sessions on this machine.
struct Workplace {
  let invocation: Invocation
  let vocabulary: Vocabulary

  init(_ invocation: Invocation) {
    self.invocation = invocation
    vocabulary = Reference.vocabulary
    if let threads = invocation.threads { Threads.set(threads) }
    if let folder = invocation.sandbox, let real = WorkingFolder.real(folder) {
      WorkingFolder.current = WorkingFolder(sandbox: real)
    }
  }

  func session(isInteractive: Bool) -> Session {
    let setting = SessionSetting(
      executor: LocalExecutor(), seed: invocation.seed, isInteractive: isInteractive, folder: WorkingFolder.current,
      readScript: Self.readScript)
    return Session(vocabulary, setting, prelude: Self.prelude)
  }

  /// The standard library's text; empty when the library's folder is not there.
  private static var prelude: String {
    guard let folder = StandardLibrary.folder,
      let bytes = try? DurableFile.read(folder + "/prelude.mlp", limit: 1 << 20)
    else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let readScript: ScriptReader = { path throws(ScriptReadFailure) in
    do throws(FileError) {
      return try script(path)
    } catch {
      throw ScriptReadFailure(error.words)
    }
  }

  /// A script's text: at most 16 MiB of UTF-8.
  static func script(_ path: String) throws(FileError) -> String {
    if path == "-" { return String(decoding: try DurableFile.read("/dev/stdin", limit: 16 << 20), as: UTF8.self) }
    let place: String
    do {
      place = try WorkingFolder.current.resolve(path)
    } catch {
      throw FileError(path: path, reason: .denied)
    }
    return String(decoding: try DurableFile.read(place, limit: 16 << 20), as: UTF8.self)
  }
}
