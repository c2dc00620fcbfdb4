import Descriptions
import Notation

/// The options of delimited text that say in which dialect it is written.
enum DialectOptions {
  static let encoding = Parameter<TextEncoding>(
    "encoding", "How characters stand in bytes",
    otherwise: "utf8, or utf16 where the first bytes leave no doubt")
  static let quote = Parameter<QuoteMark>(
    "quote", "The mark around fields that hold delimiters or line breaks, doubled within, or none",
    default: .double)
  static let escape = Parameter<Character>(
    "escape", "The mark that makes the next character stand for itself", otherwise: "there is none")
  static let comment = Parameter<String>(
    "comment", "What lines begin with that are passed over", otherwise: "no line is", .notEmpty)
  static let lineEnd = Parameter<LineEnd>(
    "line_end", "What ends a row: a line feed, after a return or not; a return; or any of these",
    otherwise: "found from the data")
  static let skip = Parameter<Int>(
    "skip", "How many lines above the header are passed over", otherwise: "found where it is certain", .atLeast(0))
  static let units = Parameter<Bool>(
    "units", "Whether the row under the header tells units and is left out", default: false)
  static let footer = Parameter<Int>(
    "footer", "How many lines at the end are passed over, blank ones not counted", default: 0, .within(0, 1000))
  static let dates = Parameter<DateOrder>(
    "dates", "The order of day, month and year in dates such as 3/4/2026",
    otherwise: "found where a day beyond 12 shows it")

  static let all: [any AnyParameter] = [encoding, quote, escape, comment, lineEnd, skip, units, footer, dates]

  /// Words of other tools for them.
  static let otherOptions = [
    "charset": "encoding", "file_encoding": "encoding", "quotechar": "quote", "quote_char": "quote",
    "escapechar": "escape", "escape_char": "escape", "comment_prefix": "comment", "lineterminator": "line_end",
    "eol_char": "line_end", "new_line": "line_end", "skiprows": "skip", "skip_rows": "skip", "skip_lines": "skip",
    "skipfooter": "footer", "skip_footer": "footer", "dayfirst": "dates", "date_format": "dates",
    "dateformat": "dates", "thousands": "group", "decimal_separator": "decimal",
  ]
}

extension DateOrder: ChoiceValue {}

/// What ends a row.
public enum LineEnd: String, ChoiceValue { case lf, cr, any }

/// The mark around fields, as an option.
public enum QuoteMark: ParameterValue, Hashable {
  case none
  case mark(UInt8)

  public static let double = QuoteMark.mark(FieldScanner.quote)
  public static let typeName = "one character, or none"

  public static func read(_ raw: RawValue) -> QuoteMark? {
    if case .word("none") = raw { return QuoteMark.none }
    guard let mark = Character.read(raw)?.asciiValue, mark > 0x20, mark < 0x7F else { return nil }
    return .mark(mark)
  }

  public var raw: RawValue {
    switch self {
    case .none: .word("none")
    case .mark(let mark): .text(String(UnicodeScalar(mark)))
    }
  }
}
