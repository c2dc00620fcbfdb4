import Descriptions
import Notation

/// The mark before a fraction, as an option.
public struct DecimalMark: ParameterValue, Hashable {
  public let mark: Character

  public static let point = DecimalMark(mark: ".")
  public static let typeName = "\".\" or \",\""

  public static func read(_ raw: RawValue) -> DecimalMark? {
    guard let mark = Character.read(raw), NumberConvention(decimal: mark, group: nil) != nil else { return nil }
    return DecimalMark(mark: mark)
  }

  public var raw: RawValue { .text(String(mark)) }
}

/// The mark between groups of three digits, as an option.
public struct GroupMark: ParameterValue, Hashable {
  public let mark: Character

  public static let typeName = "one of \",\" \".\" \" \" \"'\" \"_\""

  public static func read(_ raw: RawValue) -> GroupMark? {
    guard let mark = Character.read(raw) else { return nil }
    let isMark = NumberConvention(decimal: mark == "." ? "," : ".", group: mark) != nil
    return isMark ? GroupMark(mark: mark) : nil
  }

  public var raw: RawValue { .text(String(mark)) }
}
