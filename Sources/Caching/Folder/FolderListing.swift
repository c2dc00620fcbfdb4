import Glibc

/// What stands in a folder.
enum FolderListing {
  /// A file of a cache: its name is 64 hexadecimal digits, or that with an ending while it is written.
  struct Entry {
    let path: String
    let bytes: Int
    /// Nanoseconds since 1970.
    let used: Int64
  }

  /// nil for what is no folder that can be read.
  static func names(_ path: String) -> [String]? {
    guard let listing = opendir(path) else { return nil }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// The files with the names that a cache gives. One that a process left half written goes after a day.
  static func entries(_ path: String) -> [Entry] {
    (names(path) ?? []).compactMap { name in
      guard isOwn(name) else { return nil }
      let place = path + "/" + name
      var status = stat()
      guard lstat(place, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      if name.utf8.count > 64, time(nil) - status.st_mtim.tv_sec > 86400, unlink(place) == 0 { return nil }
      let used = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
      return Entry(path: place, bytes: Int(status.st_blocks) * 512, used: used)
    }
  }

  private static func isOwn(_ name: String) -> Bool {
    let digits = name.utf8.prefix(64)
    guard digits.count == 64, digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else {
      return false
    }
    let ending = name.utf8.dropFirst(64)
    return ending.isEmpty || ending.count == 7 && ending.first == 0x2E
  }
}
