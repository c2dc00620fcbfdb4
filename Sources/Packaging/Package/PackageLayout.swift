/// The outline of a `.mlpkg` file.
///
///     89 "mlpkg" 0D 0A      the magic: the first byte catches a 7-bit channel, the last two a change of line ends
///     u32                   the format's version
///     u64                   the file's length
///     { u8[4], u64, … }     sections: tag, length, content; in the order below; roles, guards, board, importances and summaries only if there is
///                           something to hold, the inputs in packages of version 2 and not in those of version 1
///     u8[32]                SHA-256 of all bytes before it
///
/// Fixed numbers are little-endian. Operators, functions and types are stored by name, never by number, so that an enum that
/// grows leaves old packages readable. There is one spelling for each package: no time stamps, no order left to chance.
enum PackageLayout {
  static let magic: [UInt8] = [0x89] + Array("mlpkg\r\n".utf8)
  /// 1 knows nothing of how the inputs are read.
  static let versions: ClosedRange<UInt32> = 1...2
  static let versionWithInputs: UInt32 = 2
  static let headerLength = 20
  static let digestLength = 32

  enum Section: String, CaseIterable {
    case about = "ABOU"
    case inputs = "INPT"
    case graph = "GRPH"
    case roles = "ROLE"
    case guards = "GARD"
    case training = "TRNG"
    case board = "BORD"
    case importances = "IMPT"
    case summaries = "SUMM"

    var tag: [UInt8] { Array(rawValue.utf8) }
  }
}
