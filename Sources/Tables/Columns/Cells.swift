/// A run of values of one type with a validity bitmap: Arrow's primitive layout.
///
/// A cell that is missing holds a fixed filler (zero) in `values`, so that equal columns have equal bytes.
public struct Cells<Value: Sendable & Hashable>: Sendable, Equatable {
  public let values: [Value]
  /// Which cells hold a value; nil when all do.
  public let validity: Bitmap?

  /// `validity` must have as many bits as there are values; one that is all true is dropped.
  public init(_ values: [Value], validity: Bitmap? = nil) {
    precondition(validity.map { $0.count == values.count } ?? true, "validity and values differ in length")
    self.values = values
    self.validity = validity.flatMap { $0.onesCount == values.count ? nil : $0 }
  }

  /// From optionals, `filler` standing at the missing places.
  public init(_ cells: [Value?], filler: Value) {
    self.init(cells.map { $0 ?? filler }, validity: Bitmap(cells.map { $0 != nil }))
  }

  public var count: Int { values.count }
  public var missingCount: Int { validity.map { values.count - $0.onesCount } ?? 0 }

  @inlinable
  public func isValid(_ index: Int) -> Bool { validity?[index] ?? true }

  @inlinable
  public subscript(_ index: Int) -> Value? { isValid(index) ? values[index] : nil }

  /// The same cells, missing where `validity` is false.
  func masked(by validity: Bitmap, filler: Value) -> Cells {
    var masked = values
    validity.eachClear(RowList(0..<count), 0..<count) { masked[$0] = filler }
    return Cells(masked, validity: validity)
  }

  /// The cells at `rows`, in that order. O(rows).
  public func take(_ rows: RowList) -> Cells { Cells(rows.gather(values), validity: validity?.take(rows)) }
}
