import Glibc

/// Where the files that ship with the binary are: prelude, data sets, reference.
public enum StandardLibrary {
  /// The folder, found from `MLP_STDLIB`, beside the binary (`../share/mlp/stdlib`), or in a source checkout above it; nil when
  /// it is nowhere.
  public static let folder: String? = {
    if let named = getenv("MLP_STDLIB") { return String(cString: named) }
    guard let binary = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(binary) }
    var place = parent(of: String(cString: binary))
    if isLibrary(place + "/../share/mlp/stdlib") { return place + "/../share/mlp/stdlib" }
    while place != "/" && !place.isEmpty {
      if isLibrary(place + "/stdlib") { return place + "/stdlib" }
      place = parent(of: place)
    }
    return nil
  }()

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  private static func isLibrary(_ path: String) -> Bool { access(path + "/prelude.mlp", R_OK) == 0 }

  /// The file of a built-in data set; nil when there is none of that name.
  public static func dataSet(_ name: String) -> String? {
    guard let folder, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else { return nil }
    return ["csv", "csv.gz"].map { "\(folder)/data/\(name).\($0)" }.first { access($0, R_OK) == 0 }
  }

  /// The names of the built-in data sets, in order.
  public static var dataSets: [String] {
    guard let folder, let listing = opendir(folder + "/data") else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let dot = name.firstIndex(of: "."), name.hasSuffix(".csv") || name.hasSuffix(".csv.gz") {
        names.append(String(name[..<dot]))
      }
    }
    return names.sorted()
  }
}
