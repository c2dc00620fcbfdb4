/// The chunks of a pass over every `stride`-th one, in parts of which each is summed apart. How many there are depends on sizes
/// alone, and parts are added in their order, so that the number of threads does not show.
struct ChunkPassage: Sendable {
  let stride: Int
  let chosen: Int
  let parts: Int
  /// What sums over the chosen chunks are to be multiplied by.
  let factor: Double

  /// `values` is how many numbers each part sums up.
  init(_ design: LinearDesign, stride: Int, values: Int) {
    self.stride = stride
    chosen = (design.chunks + stride - 1) / stride
    parts = min(max(4, min(values > 1024 ? 16 : 32, (1 << 22) / max(values, 1))), chosen)
    var rows = 0
    for index in Swift.stride(from: 0, to: design.chunks, by: stride) { rows += design.rows(ofChunk: index).count }
    factor = stride == 1 ? 1 : Double(design.rowCount) / Double(max(rows, 1))
  }

  func chunks(ofPart part: Int) -> StrideTo<Int> {
    Swift.stride(from: part * chosen / parts * stride, to: (part + 1) * chosen / parts * stride, by: stride)
  }
}
