import Descriptions
import Formats
import Kernels
import Tables

/// Feeds bytes to the readers of compressed text. The first byte says how: as what stands in a file, or as a text that is compressed first,
/// in one piece or in two, and then has to be read as it is without that.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCompressed(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.first else { return 0 }
  Memory.set(bound: 1 << 30)
  let bytes = Array(input.dropFirst())
  let way = choice & 1 == 0 ? "x.gz" : "x.zst"
  if choice & 2 == 0 { return readDamaged(beginning(way) + bytes, isLines: choice & 4 != 0) }
  // What is compressed already would be expanded twice.
  let marks = [[0x1F, 0x8B], [0x28, 0xB5, 0x2F, 0xFD]] as [[UInt8]]
  if bytes.dropFirst().starts(with: [0x2A, 0x4D, 0x18]) || marks.contains(where: bytes.starts) { return 0 }
  let cut = choice & 8 == 0 ? bytes.count : bytes.count / 2
  guard let first = Compression.content(Array(bytes[..<cut]), for: way),
    let second = Compression.content(Array(bytes[cut...]), for: way)
  else { preconditionFailure("it is not compressed") }
  let packed = cut == bytes.count ? first : first + second
  let isLines = choice & 4 != 0
  precondition(table(packed, isLines: isLines) == table(bytes, isLines: isLines), "it expands to others")
  return 0
}

/// The mark without which a file is not taken for compressed.
private func beginning(_ way: String) -> [UInt8] { way == "x.gz" ? [0x1F, 0x8B] : [0x28, 0xB5, 0x2F, 0xFD] }

/// Whatever it is, it is a table or an error.
private func readDamaged(_ bytes: [UInt8], isLines: Bool) -> Int32 {
  for bytes in [bytes, Array(bytes.dropFirst(bytes[0] == 0x1F ? 2 : 4))] { _ = table(bytes, isLines: isLines) }
  return 0
}

private func table(_ bytes: [UInt8], isLines: Bool) -> Table? {
  var options = DelimitedOptions()
  options.expandedLimit = 1 << 24
  let source: any TableSource =
    isLines
    ? JSONLinesFormat.source("fuzz", bytes: bytes, ReadingRequest(Options(["rows": .int(4096)])))
    : DelimitedSource(bytes: bytes, name: "fuzz", options: options)
  guard let table = try? source.read(columns: nil, Progress()).table else { return nil }
  precondition(table.columns.allSatisfy { $0.count == table.rowCount }, "columns differ in length")
  return table
}
