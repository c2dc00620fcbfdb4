import Notation
import Tables

/// What the beginning of a delimited file tells: its marks, its columns and, as far as the sample settles them, their
/// types.
struct Survey: Sendable {
  struct SurveyedColumn: Sendable {
    var name: String
    /// What the reader holds the column to; nil while no cell has spoken.
    var type: ColumnType?
    /// The user stated the type.
    var isStated = false
    /// The type is the one that whoever asked for the rows takes.
    var isExpected = false
    /// A number column of whole numbers so far: the whole file says whether it is int or float.
    var isIntSoFar = false
    /// Text whose words repeat little, which is not worth a dictionary.
    var isVaried = false
    /// The texts of the column, where the sample most likely holds all of them.
    var texts: [String] = []
    /// The forms of the sample's cells.
    var shapes: CellShape = []
    /// What those that are dates of numbers tell.
    var dates = DateSample()
    /// The order in which its dates of numbers are written; nil where there are none.
    var dateOrder: DateOrder?
    /// The end of lines that end in a delimiter: no column, and nothing may stand there.
    var isNone = false

    /// All cells decide about the type, since those who asked for the rows do not take the column.
    var isOpenToAll = false

    /// How a block's parser is to treat the column.
    var kind: CellKind {
      if isNone { return .nothing }
      switch type {
      case .bool: return .bool
      case .int: return isIntSoFar ? .number : .int
      case .float: return .float
      case .date: return .date
      case .datetime: return .datetime
      // A column that has not spoken is kept as text until the end.
      case nil: return .text
      case .text, .vector: return isVaried ? .text : .dictionary
      }
    }
  }

  let dialect: Dialect
  var columns: [SurveyedColumn]
  /// Where the first data row starts.
  let dataStart: Int
  /// Bytes a row takes, on average over the sample.
  let rowSize: Double
  /// The number of the line on which the data starts.
  let firstLine: Int
  var notes: [String]
  /// Whether the first row ends within the bytes that were surveyed.
  var isComplete = true
  /// How many lines most likely stand above the table, though that is not certain enough to pass over them.
  var likelySkip: Int?

  /// The names of its columns.
  var names: [String] { columns.filter { !$0.isNone }.map(\.name) }

  /// Whether a parser of the one takes texts of the other.
  func isParsed(like other: Survey) -> Bool {
    dialect == other.dialect
      && columns.elementsEqual(other.columns) {
        $0.type == $1.type && $0.isStated == $1.isStated && $0.isIntSoFar == $1.isIntSoFar
          && $0.dateOrder == $1.dateOrder && $0.isNone == $1.isNone
      }
  }

  static func declared(_ columns: [SurveyedColumn], _ options: DelimitedOptions) -> DeclaredSchema {
    let columns = columns.filter { !$0.isNone }
    var fields = columns.map { Field($0.name, $0.type ?? .text) }
    var open = Set(columns.filter { !$0.isStated && ($0.type == nil || $0.isIntSoFar) }.map(\.name))
    if let kept = options.columns {
      let found = Schema(fields)
      fields = kept.compactMap { name in found[name].map { Field(name, $0) } }
      open.formIntersection(kept)
    }
    let schema = Schema(fields)
    return DeclaredSchema(
      schema: FileColumn(options.fileColumn, among: nil)?.added(to: schema) ?? schema, open: open)
  }
}
