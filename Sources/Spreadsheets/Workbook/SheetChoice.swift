import Descriptions

/// Which sheet of a workbook is meant, as an option.
public enum SheetChoice: ParameterValue, Hashable {
  case name(String)
  /// From 1, in the order of the workbook's tabs.
  case number(Int)

  public static let typeName = "the name of a sheet, or its number"

  public static func read(_ raw: RawValue) -> SheetChoice? {
    if let number = Int.read(raw) { return number > 0 ? .number(number) : nil }
    return raw.string.map { .name($0) }
  }

  public var raw: RawValue {
    switch self {
    case .name(let name): .text(name)
    case .number(let number): .int(Int64(number))
    }
  }
}
