import Notation
import Tables

extension BlockParser {
  /// The option that would read a row that was refused, as far as the row tells.
  func remedy(
    _ kind: RowProblem.Kind, _ field: ScannedField?, _ p: UnsafePointer<UInt8>
  ) -> SourceError.Remedy? {
    switch kind {
    case .cell(let text, .date), .cell(let text, .datetime):
      let orders = NumberedDate.orders(of: text)
      return orders.isEmpty ? nil : .dates(orders.map(\.rawValue))
    case .cell, .unterminated, .behind: return nil
    case .fields: return survey.likelySkip.map { .skip($0) }
    case .afterQuote:
      guard let field, field.end > field.start, p[field.end - 1] == UInt8(ascii: "\\") else { return nil }
      return .escape("\\")
    case .notText:
      guard let field else { return nil }
      let bytes = UnsafeBufferPointer(start: p + field.start, count: field.end - field.start)
      return TextEncoding.likely(bytes).map { .encoding($0.rawValue) }
    }
  }
}
