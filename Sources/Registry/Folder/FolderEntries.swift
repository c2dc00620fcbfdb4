import Glibc
import Kernels
import Plan

/// Files and folders as a registry uses them, with its errors.
enum FolderEntries {
  private static let besidePrefix = ".new-"

  static func failure(_ error: FileError, _ registry: String, _ use: RegistryUse) -> EngineError {
    EngineError(.registry(.unavailable(registry, use, reason: error.words)))
  }

  private static func failure(_ path: String, _ use: RegistryUse) -> EngineError {
    failure(FileError(path: path, errno: errno), path, use)
  }

  // MARK: Looking

  /// The names in a folder without the hidden ones, in order; nil where there is no such folder.
  static func names(_ folder: String, _ use: RegistryUse) throws(EngineError) -> [String]? {
    guard let all = try all(folder, use) else { return nil }
    return all.filter { !$0.hasPrefix(".") }.sorted()
  }

  private static func all(_ folder: String, _ use: RegistryUse) throws(EngineError) -> [String]? {
    guard let listing = opendir(folder) else {
      if errno == ENOENT { return nil }
      throw failure(folder, use)
    }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// The numbers that the names in a folder are, in order; none where there is no such folder.
  static func numbers(_ folder: String, ending: String = "") throws(EngineError) -> [Int] {
    let names = try all(folder, .reading) ?? []
    return names.compactMap { name -> Int? in
      guard name.hasSuffix(ending) else { return nil }
      let digits = name.dropLast(ending.count)
      return Int(digits).flatMap { $0 > 0 && String($0) == digits ? $0 : nil }
    }.sorted()
  }

  /// The bytes of a file; nil where there is none.
  static func read(_ path: String, limit: Int, of registry: String) throws(EngineError) -> [UInt8]? {
    do throws(FileError) { return try DurableFile.read(path, limit: limit) } catch {
      if error.reason == .notFound { return nil }
      throw failure(error, registry, .reading)
    }
  }

  // MARK: Changing

  /// Makes a folder and those on the way to it, each kept on the disk. One that is there is left as it is.
  static func make(_ folder: String) throws(EngineError) {
    var status = stat()
    if stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
    let parent = folder.lastIndex(of: "/").map { $0 == folder.startIndex ? "/" : String(folder[..<$0]) } ?? "."
    if parent != ".", parent != "/" { try make(parent) }
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else { throw failure(folder, .writing) }
    try sync(parent)
  }

  /// Makes a folder of a new name in a folder, which `names` passes over.
  static func makeBeside(_ folder: String) throws(EngineError) -> String {
    for _ in 0..<100 {
      let path = "\(folder)/\(besidePrefix)\(UInt64.random(in: 0...UInt64.max))"
      if mkdir(path, 0o777) == 0 { return path }
      guard errno == EEXIST else { break }
    }
    throw failure(folder, .writing)
  }

  static func write(_ bytes: [UInt8], to path: String) throws(EngineError) {
    do throws(FileError) { try DurableFile.write(bytes, to: path) } catch { throw failure(error, path, .writing) }
  }

  /// Writes a file where there is none; whether it did.
  static func create(_ bytes: [UInt8], at path: String) throws(EngineError) -> Bool {
    do throws(FileError) { return try DurableFile.create(bytes, at: path) } catch {
      throw failure(error, path, .writing)
    }
  }

  static func sync(_ folder: String) throws(EngineError) {
    do throws(FileError) { try DurableFile.syncFolder(folder) } catch { throw failure(error, folder, .writing) }
  }

  /// Gives a folder that is not empty another place; false where a folder that is not empty stands there.
  static func renameWhole(_ folder: String, to place: String) throws(EngineError) -> Bool {
    // POSIX: a folder replaces an empty one only, and no version is empty.
    if rename(folder, place) == 0 { return true }
    if errno == EEXIST || errno == ENOTEMPTY { return false }
    throw failure(place, .writing)
  }

  /// The folders that `makeBeside` made in a folder so many seconds ago and that are still there.
  static func besides(_ folder: String, olderThan seconds: Double) -> [String] {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    // try? is safe: what cannot be listed is not removed, and is no part of the registry.
    let names = (try? all(folder, .reading)) ?? []
    return names.filter { $0.hasPrefix(besidePrefix) }.map { "\(folder)/\($0)" }.filter { path in
      var status = stat()
      return stat(path, &status) == 0 && Double(now.tv_sec - status.st_mtim.tv_sec) > seconds
    }
  }

  /// Removes a folder that `makeBeside` made, with what is in it; one that is not there any more is nothing to remove.
  static func remove(_ folder: String) {
    for name in ["model.mlpkg", "facts.json"] { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }
}
