import Expressions
import Kernels
import Tables

/// Gathers a node's output over all rows; tasks write at once, each its own rows.
final class PortWriter: @unchecked Sendable {
  private let node: Int
  private let column: ColumnWriter?
  private let width: Int
  /// Of a one-hot node its codes, of any other with a vector its doubles.
  private let doubles: UnsafeMutableBufferPointer<Double>
  private let codes: UnsafeMutableBufferPointer<Int32>?

  /// Throws where the output would not fit.
  init(_ program: GraphProgram, node: Int, keepsCodes: Bool, rowCount: Int, tasks: Int) throws(OutOfMemory) {
    self.node = node
    let isOneHot = keepsCodes && program.layouts[node]?.isOneHot(by: node) == true
    switch program.outputs[node] {
    case .column(let type):
      column = try ColumnWriter(type, rowCount: rowCount, tasks: tasks)
      width = 0
    case .vector(let places):
      column = nil
      width = places
    }
    if !isOneHot { try Memory.requireWorking(rowCount * width * 8) }
    doubles = .allocate(capacity: isOneHot ? 0 : rowCount * width)
    doubles.initialize(repeating: 0)
    codes = isOneHot ? .allocate(capacity: rowCount) : nil
    codes?.initialize(repeating: -1)
  }

  deinit {
    doubles.deallocate()
    codes?.deallocate()
  }

  func write(_ registers: GraphRegisters, _ rows: Range<Int>, _ task: Int) throws(OutOfMemory) {
    if let column {
      if let refusal = registers.arena.refusal { throw refusal }
      try column.write(registers.column(node), count: rows.count, at: rows.lowerBound, task: task)
    } else if let codes {
      guard let base = codes.baseAddress, let source = registers.vectors[node]?.codes.first else { return }
      (base + rows.lowerBound).update(from: source, count: rows.count)
    } else if let base = doubles.baseAddress {
      for row in 0..<rows.count { registers.write(row, of: node, to: base + (rows.lowerBound + row) * width) }
    }
  }

  func value() throws(OutOfMemory) -> PortValue {
    if let column { return .column(try column.column()) }
    if let codes { return .oneHot(Array(codes), width: width) }
    try Memory.requireWorking(doubles.count * 8)
    return .vector(Array(doubles), width: width)
  }
}
