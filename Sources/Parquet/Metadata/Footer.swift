import Kernels

/// The end of a file: what it says of itself, how long that is, and the format's mark.
enum Footer {
  private static let mark: UInt32 = 0x3152_4150  // PAR1
  private static let encryptedMark: UInt32 = 0x4552_4150  // PARE
  /// The mark at the beginning; length and mark at the end.
  private static let head = 4
  static let tail = 8
  /// What is read of a footer takes at most so many times its size in memory.
  private static let spread = 16

  /// Finds and reads the footer. Throws where the file is of another format, ends early, or is encrypted.
  static func read(_ file: FileBytes) throws(ParquetFailure) -> FileMetadata {
    guard file.length >= head + tail else { throw notParquet(file) }
    let buffer = RawBuffer()
    let first = try word(file, at: 0, buffer)
    let last = try word(file, at: file.length - 4, buffer)
    if last == encryptedMark || first == encryptedMark {
      throw .damaged("it is encrypted: its footer can be read with its key only, and keys are not taken")
    }
    guard first == mark else { throw notParquet(file) }
    guard last == mark else {
      throw .damaged("it begins as a Parquet file and does not end as one: it was cut, or is not written to its end")
    }
    let size = Int(try word(file, at: file.length - tail, buffer))
    guard size <= file.length - head - tail else {
      throw .damaged("its footer is said to have \(size) bytes, more than the file")
    }
    do throws(OutOfMemory) { try Memory.requireWorking(size * spread) } catch {
      throw .tooLarge("a footer of \(size) bytes")
    }
    try buffer.resize(to: size)
    try file.read(buffer.base, size, at: file.length - tail - size)
    return try FileMetadata(buffer)
  }

  private static func word(_ file: FileBytes, at place: Int, _ buffer: RawBuffer) throws(ParquetFailure) -> UInt32 {
    try buffer.resize(to: 4)
    try file.read(buffer.base, 4, at: place)
    return UnsafeRawPointer(buffer.base).loadUnaligned(as: UInt32.self)
  }

  private static func notParquet(_ file: FileBytes) -> ParquetFailure {
    .damaged("it is no Parquet file: those begin and end in PAR1, and have more than \(head + tail) bytes")
  }
}
