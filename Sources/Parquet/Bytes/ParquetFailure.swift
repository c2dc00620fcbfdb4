import Kernels
import Tables

/// What is wrong with a file, before it is said which file and which column.
enum ParquetFailure: Error, Equatable {
  /// The bytes are not of the format: what is wrong, in words.
  case damaged(String)
  /// More memory than may be used: for what, in words.
  case tooLarge(String)
  /// The system or the reading as a whole.
  case source(SourceError)
  case cancelled

  /// As the error of a file; `place` says where in it: `'price' in row group 2`.
  func error(_ path: String, in place: String? = nil) -> SourceError {
    let place = place.map { "\($0): " } ?? ""
    switch self {
    case .damaged(let words): return SourceError(source: path, reason: .badFormat(place + words))
    case .tooLarge(let words): return SourceError(source: path, reason: .tooLarge(place + words))
    case .source(let error): return error
    case .cancelled: return SourceError(source: path, reason: .cancelled)
    }
  }
}
