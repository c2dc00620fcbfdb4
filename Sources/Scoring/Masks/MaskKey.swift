import Glibc
import Kernels
import Synchronization

/// The key of a mask, by the place where it is to be had. The key itself is nowhere but there: a graph keeps the place, and enough to tell
/// whether what is found there is the same key.
public struct MaskKey: Sendable, Hashable {
  /// Where a key is.
  public enum Place: Sendable, Hashable {
    /// A variable of the environment.
    case environment(String)
    /// A file, whose last line break does not belong to the key.
    case file(String)
  }

  public let place: Place
  /// The first eight bytes of the key's code of a fixed text.
  public let check: UInt64

  public init(place: Place, check: UInt64) {
    self.place = place
    self.check = check
  }

  /// The key that is there now. Throws where there is none.
  public init(_ place: Place) throws(MaskKeyProblem) {
    self.init(place: place, check: Self.check(of: try place.bytes()))
  }

  private static let text = Array("mlp mask key".utf8)

  private static func check(of key: [UInt8]) -> UInt64 {
    KeyedHash(key: key).code(text).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Its bytes. Throws where there are none, or those of another key than the one that the mask was made with.
  func bytes() throws(MaskKeyProblem) -> [UInt8] {
    let bytes = try place.bytes()
    guard Self.check(of: bytes) == check else { throw .other(place) }
    return bytes
  }
}

/// Why a key cannot be had.
public enum MaskKeyProblem: Error, Sendable, Hashable {
  /// There is nothing.
  case absent(MaskKey.Place)
  /// What is there has fewer bytes than keep a key from being guessed.
  case short(MaskKey.Place, bytes: Int)
  case long(MaskKey.Place)
  case unreadable(MaskKey.Place, FileError)
  /// It is not the key that the mask was made with.
  case other(MaskKey.Place)
  /// The library that encrypts is not on this machine.
  case noCipher
}

extension MaskKey.Place {
  /// Fewer bytes than this are tried one after the other in no time.
  public static let leastBytes = 16
  private static let mostBytes = 1 << 16

  private static let bound = Mutex<String?>(nil)

  /// With a sandbox, its folder: a file outside it is no place of a key, whoever names it.
  public static var sandbox: String? {
    get { bound.withLock { $0 } }
    set { bound.withLock { $0 = newValue } }
  }

  /// `env:NAME` or `file:PATH`; nil for any other text.
  public init?(_ text: String) {
    if text.hasPrefix("env:"), text.count > 4 {  // parses text
      self = .environment(String(text.dropFirst(4)))
    } else if text.hasPrefix("file:"), text.count > 5 {  // parses text
      self = .file(String(text.dropFirst(5)))
    } else {
      return nil
    }
  }

  /// As it is written in a script.
  public var text: String {
    switch self {
    case .environment(let name): "env:\(name)"
    case .file(let path): "file:\(path)"
    }
  }

  fileprivate func bytes() throws(MaskKeyProblem) -> [UInt8] {
    let bytes: [UInt8]
    switch self {
    case .environment(let name):
      guard let value = getenv(name) else { throw .absent(self) }
      bytes = Array(String(cString: value).utf8)
    case .file(let path): bytes = try contents(path)
    }
    guard bytes.count >= Self.leastBytes else {
      throw bytes.isEmpty ? .absent(self) : .short(self, bytes: bytes.count)
    }
    return bytes
  }

  private static func isWithinSandbox(_ path: String) -> Bool {
    guard let sandbox else { return true }
    guard let resolved = realpath(path, nil) else { return false }
    defer { free(resolved) }
    return String(cString: resolved).starts(with: sandbox == "/" ? "/" : sandbox + "/")
  }

  private func contents(_ path: String) throws(MaskKeyProblem) -> [UInt8] {
    guard Self.isWithinSandbox(path) else { throw .unreadable(self, FileError(path: path, reason: .denied)) }
    // A pipe that nobody writes to would be waited for.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      throw errno == ENOENT ? .absent(self) : .unreadable(self, FileError(path: path, errno: errno))
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(self, FileError(path: path, reason: .isNoFile))
    }
    guard status.st_size <= Self.mostBytes else { throw .long(self) }
    var bytes = [UInt8](repeating: 0, count: Self.mostBytes + 1)
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress.map { $0 + count }, $0.count - count) }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw .unreadable(self, FileError(path: path, errno: errno)) }
      if got == 0 { break }
      count += got
    }
    guard count <= Self.mostBytes else { throw .long(self) }
    bytes.removeLast(bytes.count - count)
    if bytes.last == 0x0A { bytes.removeLast() }
    if bytes.last == 0x0D { bytes.removeLast() }
    return bytes
  }
}
