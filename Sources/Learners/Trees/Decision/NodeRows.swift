import Kernels

/// The rows of a node as each column has them.
struct NodeRows: Sendable {
  let design: DesignMatrix
  let orders: ColumnOrders
  let labels: TreeLabels
  let progress: Progress

  /// The node's stretch of an order.
  func records(_ order: Int, _ rows: Range<Int>) -> UnsafeBufferPointer<UInt64> {
    UnsafeBufferPointer(orders[order, rows])
  }

  /// The node's stretch of a column's order.
  func records(of column: Int, _ rows: Range<Int>) -> UnsafeBufferPointer<UInt64> {
    records(orders.places[column], rows)
  }

  /// How many of a column's records have a value. O(log rows).
  func known(_ records: UnsafeBufferPointer<UInt64>) -> Int {
    guard let last = records.last, orders.layout.isMissing(last) else { return records.count }
    var (low, high) = (0, records.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if orders.layout.isMissing(records[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The rows by the categories of a column: of a one-hot column by their codes, else by their labels.
  func groups(_ column: Int, _ rows: Range<Int>, _ node: NodeSummary, _ workspace: NodeWorkspace)
    -> CategoryGroups
  {
    let source = design.columns[column]
    var isOneHot = false
    if case .oneHot = source.kind { isOneHot = true }
    return CategoryGroups(
      records(of: column, rows), source.codes ?? [], count: source.categories, byLabel: !isOneHot, node,
      orders.layout, labels, workspace, progress)
  }
}

extension DesignColumn {
  /// How many categories a column of codes has.
  var categories: Int {
    switch kind {
    case .number: 0
    case .category(let count), .oneHot(let count): count
    }
  }
}
