import Descriptions
import Formats

/// How the table of a sheet is to be found.
struct SheetOptions: Sendable {
  static let sheet = Parameter<SheetChoice>(
    "sheet", "The sheet to read, by name or by number from 1", otherwise: "the first that is not hidden")
  static let header = Parameter<Bool>(
    "header", "Whether the first row names the columns", otherwise: "it does, unless it looks like the rows below it")
  static let skip = Parameter<Int>(
    "skip", "How many rows above the header are passed over", otherwise: "found where it is certain",
    .within(0, Double(CellReference.mostRows)))
  static let units = Parameter<Bool>(
    "units", "Whether the row under the header tells units and is left out", default: false)
  static let footer = Parameter<Int>(
    "footer", "How many rows at the end are passed over, blank ones not counted", default: 0, .within(0, 1000))
  static let missing = Parameter<[String]>(
    "missing", "Words that stand for a missing cell", default: [""])

  static let all: [any AnyParameter] = [sheet, header, skip, units, footer, missing]

  let sheet: SheetChoice?
  let header: Bool?
  let skip: Int?
  let units: Bool
  let footer: Int
  let missing: Set<[UInt8]>
  /// The columns that an option names, which have to be there.
  let asked: [(option: String, name: String)]
  /// These, and those that whoever asked for the rows takes: a row with one of them is the header.
  let named: Set<String>
  /// Whether rows with a cell that shows an error are left out.
  let rejectsErrors: Bool

  init(_ request: ReadingRequest) {
    let options = request.options
    sheet = options[Self.sheet]
    header = options[Self.header]
    skip = options[Self.skip]
    units = options[Self.units] ?? false
    footer = options[Self.footer] ?? 0
    missing = Set((options[Self.missing] ?? [""]).map { Array($0.utf8) })
    let types = (options[ReadingOptions.types]?.byName.keys.sorted() ?? []).map { ("types", $0) }
    asked = types + (options[ReadingOptions.columns] ?? []).map { ("columns", $0) }
    rejectsErrors = options[ReadingOptions.onConflict] == .reject || options[ReadingOptions.rejects] != nil
    named = Set(asked.map(\.name)).union(request.expected?.keys.map { $0 } ?? [])
  }

  /// Whether a cell counts as missing. An empty text of its own is one only in a column of another type.
  func isMissing(_ value: SheetValue, _ strings: SharedStrings) -> Bool {
    switch value {
    case .shared(let place): !strings[place].isEmpty && isMissing(strings[place])
    case .text(let bytes): !bytes.isEmpty && isMissing(bytes[...])
    case .error, .noDay: true
    case .bool, .int, .float, .date, .datetime, .time, .duration: false
    }
  }

  /// What a cell shows that keeps its row out of the table; nil for other cells. `#N/A` is how a sheet says that a value is missing.
  func rejectedError(_ value: SheetValue) -> String? {
    guard rejectsErrors, case .error(let name) = value, name != Self.notAvailable else { return nil }
    return name
  }

  static let notAvailable = "#N/A"

  private func isMissing(_ text: ArraySlice<UInt8>) -> Bool {
    // The empty word alone is the default.
    missing.count > 1 || !missing.contains([]) ? missing.contains(Array(text)) : false
  }
}
