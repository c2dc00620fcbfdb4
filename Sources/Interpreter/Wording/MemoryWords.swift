import Display

extension Display {
  /// Rows that the bound of memory has put into files.
  static func wentToFiles(_ bytes: Int) -> Display {
    .note("more than the memory bound holds: \(max(1, bytes >> 20)) MB of rows went to temporary files")
  }
}
