import Kernels
import Plan
import Tables
import Testing

@testable import Learners

/// Chunks that are kept and chunks that are read are the same to the bit.
@Suite struct DesignChunksTests {
  /// Of few columns and of so many that chunks are small, with rows that do not fill the last chunk.
  @Test(arguments: [(3, 1300), (40, 513), (700, 70), (300, 32)], [false, true])
  func `Chunks are the same whether they are kept or read again`(_ size: (columns: Int, rows: Int), centresAll: Bool)
    throws
  {
    let columns = Self.columns(size.columns, rows: size.rows)
    let designs = try [Int.max, 0].map { bytes in
      try LinearDesign(
        columns, rowCount: size.rows, weights: nil, centresAll: centresAll, keptBytes: bytes, Progress())
    }
    #expect(designs[0].values.kept != nil)
    #expect(designs[1].values.kept == nil)
    #expect(designs[0].scaling.columns == designs[1].scaling.columns)
    #expect(designs[0].scaling.columns.contains { $0.unit != 1 })
    let readers = designs.map(ChunkReader.init)
    // Backwards too: what a chunk leaves behind must not show in the next.
    for chunk in Array(0..<designs[0].chunks) + (0..<designs[0].chunks).reversed() {
      let bits = readers.map { reader in
        (0..<designs[0].values.chunkSize).map { reader.chunk(chunk)[$0].bitPattern }
      }
      #expect(bits[0] == bits[1], "chunk \(chunk)")
    }
    let read = designs.map { design in
      [Double](unsafeUninitializedCapacity: size.rows - 7) { buffer, count in
        if let base = buffer.baseAddress { design.values.read(1, 5..<size.rows - 2, design.scaling, into: base) }
        count = size.rows - 7
      }
    }
    #expect(read[0] == read[1])
  }

  /// Numbers of several sizes, cells of a table at some of its rows with some missing, and a constant.
  private static func columns(_ count: Int, rows: Int) -> [DesignColumn] {
    (0..<count).map { place in
      let scale = [1, 1e-9, 4e7, 0][place % 4]
      let values = (0..<rows * 2).map { Double(($0 * 7919 + place * 104_729) % 1009 - 300) / 300 * scale + scale }
      if place % 3 == 0 { return DesignColumn("x\(place)", numbers: Array(values.prefix(rows))) }
      let validity = Bitmap(values.indices.map { $0 % 5 != place % 5 })
      let ids = (0..<rows).map { $0 * 2 }
      return DesignColumn(
        "x\(place)", cells: .float(Cells(values, validity: validity)),
        rows: place % 3 == 1 ? RowList(ids) : RowList(rows / 2..<rows / 2 + rows)
      ).filled(with: 0.25 * scale).mapped(scale: 1.5, offset: -0.5 * scale)
    }
  }
}
