import Packaging
import Scoring
import Tables

/// Whatever the bytes, a package ends in an error or in a model that is written again as the same bytes, scores a row without a
/// trap, and is exported or refused.
///
/// The length and the checksum are put right first; else no input would come past them. libFuzzer's input is tried as it is too.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPackage(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  _ = try? MlpkgReader.read(bytes)
  let sealed = MlpkgWriter.resealed(bytes)
  guard let package = try? MlpkgReader.read(sealed) else { return 0 }
  precondition(MlpkgWriter.bytes(package) == sealed, "a package has two spellings")
  _ = try? OnnxTarget.emit(package)
  if let model = try? package.model() { score(model.scorer) }
  return 0
}

private func score(_ scorer: Scorer) {
  let row = RowScorer(scorer)
  let sample: [ColumnType: Cell] = [
    .bool: .bool(true), .int: .int(.max), .float: .float(-1e300), .text: .text("Oslo é"), .date: .date(.min),
    .datetime: .datetime(.min),
  ]
  _ = row.score(row: scorer.inputs.map { _ in .missing })
  _ = row.score(row: scorer.inputs.map { sample[$0.type] ?? .missing })
}
