import Caching
import Diagnostics
import Engine
import Glibc
import Interpreter
import Kernels
import Plan
import Verbs

/// What every command needs: the vocabulary, and sessions on this machine.
struct Workplace {
  let invocation: Invocation
  let vocabulary: Vocabulary

  init(_ invocation: Invocation) {
    self.invocation = invocation
    vocabulary = Reference.vocabulary
    if let threads = invocation.threads { Threads.set(threads) }
    if let memory = invocation.memory { Memory.set(bound: memory) }
  }

  /// Confines the files of this process to a folder. Relative paths lead from there, unless the working folder is already
  /// inside. False if there is no such folder.
  static func confine(to folder: String) -> Bool {
    guard let real = WorkingFolder.real(folder), let here = WorkingFolder.real(".") else { return false }
    let isInside = here == real || here.hasPrefix(real == "/" ? "/" : real + "/")
    if !isInside, chdir(real) != 0 { return false }
    WorkingFolder.current = WorkingFolder(sandbox: real)
    return true
  }

  /// What is known of stages that ran before: in the folder of `--cache`, and at the prompt within the session. A folder that cannot
  /// be used is told.
  func cache(isInteractive: Bool, _ writer: ResultWriter) -> StageCache? {
    var folder: CacheFolder?
    if let path = invocation.cache {
      do throws(CacheProblem) {
        folder = try CacheFolder(Self.place(path), bound: invocation.cacheSize ?? CacheFolder.standardBound)
      } catch {
        writer.warn(Diagnostic(error))
      }
    }
    guard folder != nil || isInteractive else { return nil }
    return StageCache(program: Version.current, folder: folder, rowsFile: ChunkRowsFile())
  }

  /// Whether a folder of the command line may be used: nothing outside a sandbox may.
  static func mayUse(_ path: String) -> Bool {
    do throws(EngineError) {
      _ = try WorkingFolder.current.resolve(path)
      return true
    } catch {
      return false
    }
  }

  private static func place(_ path: String) throws(CacheProblem) -> String {
    do throws(EngineError) { return try WorkingFolder.current.resolve(path) } catch { throw .foreign(path: path) }
  }

  func session(isInteractive: Bool, cache: StageCache? = nil) -> Session {
    let setting = SessionSetting(
      executor: LocalExecutor(), seed: invocation.seed, isInteractive: isInteractive, folder: WorkingFolder.current,
      readScript: Self.readScript, endsWithScript: !isInteractive, cache: cache,
      questioner: isInteractive ? PromptQuestions(invocation) : nil, tellsOfFiles: true)
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
    try script(path)
  }

  /// What is said of a script that cannot be read.
  static func unreadable(_ path: String, _ failure: ScriptReadFailure) -> Diagnostic {
    Diagnostic(.fileNotFound, "cannot read the script '\(path)': \(failure.words)", label: NearFile.hint(path))
  }

  /// A script's text: at most 16 MiB of UTF-8.
  static func script(_ path: String) throws(ScriptReadFailure) -> String {
    guard let place = path == "-" ? "/dev/stdin" : try? WorkingFolder.current.resolve(path) else {
      throw ScriptReadFailure("it is outside the sandbox")
    }
    do throws(FileError) {
      return String(decoding: try DurableFile.read(place, limit: 16 << 20), as: UTF8.self)
    } catch {
      throw ScriptReadFailure(error.words)
    }
  }
}
