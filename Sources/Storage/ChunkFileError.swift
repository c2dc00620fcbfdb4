import Kernels

/// Why a chunk file could not be written or read back.
public enum ChunkFileError: Error, Sendable, Equatable {
  case file(FileError)
  /// The bytes are not those that were written, or not of a chunk file.
  case damaged(path: String)
}
