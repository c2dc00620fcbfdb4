import Descriptions
import Kernels
import Tables
import Testing

@testable import Formats

/// Files that state their types, with columns that are open and cells that do not fit.
@Suite struct TypedReadingTests {
  /// A file of one open column of numbers, and one of texts.
  private struct NumbersFile: TypedFile {
    let path: String
    let cells: [Tables.Cell]
    var isOutlined = true
    var chunk = 2

    func outline() -> TypedOutline? {
      isOutlined ? TypedOutline(schema: Schema([Field("n", .int), Field("t", .text)]), open: ["n"]) : nil
    }

    func scan(
      _ wanted: TypedRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
    ) throws(SourceError) -> TypedReport {
      var numbers = LooseColumn("n", wanted.types["n"] == nil ? .number : .any)
      for start in stride(from: 0, to: cells.count, by: chunk) {
        let rows = start..<min(cells.count, start + chunk)
        for row in rows {
          switch cells[row] {
          case .int(let value): numbers.append(value)
          case .float(let value): numbers.append(value)
          default: numbers.append(misfit: cells[row].description)
          }
        }
        let texts = Column.from(rows.map { .text("r\($0)") }, type: .text)
        let made = [("n", numbers.finish(wanted.misfits)), ("t", texts)].filter { wanted.takes($0.0) }
        if try take(Table(made, rowCount: rows.count)) == .stop { break }
      }
      let type = wanted.types["n"] ?? (numbers.isFloat ? .float : .int)
      let fields = [Field("n", type), Field("t", .text)].filter { wanted.takes($0.name) }
      return TypedReport(schema: Schema(fields), byteCount: 8)
    }
  }

  private func options(_ values: [String: RawValue]) -> ReadingRequest { ReadingRequest(Options(values)) }

  private func read(_ source: some TableSource, columns: Set<String>? = nil) throws -> (Table, [String]) {
    let read = try source.read(columns: columns, Progress())
    return (read.table, read.notes)
  }

  @Test(arguments: [true, false]) func anOpenColumnTurnsToFloat(_ isOutlined: Bool) throws {
    let file = NumbersFile(path: "a", cells: [.int(1), .int(2), .float(0.5), .int(4)], isOutlined: isOutlined)
    let (table, _) = try read(TypedSource(file, ReadingRequest()))
    #expect(table.types == [.float, .text])
    #expect(table.words("n") == ["1.0", "2.0", "0.5", "4.0"])
    let declared = try TypedSource(file, ReadingRequest()).declaredSchema()
    #expect(declared?.open == (isOutlined ? ["n"] : nil))
  }

  @Test func aCellThatDoesNotFitIsARowErrorOfItsRow() throws {
    let file = NumbersFile(path: "a", cells: [.int(1), .int(2), .int(3), .text("x"), .text("y")])
    let expected = SourceError(
      source: "a", reason: .badCell(row: 4, column: "n", text: "x", type: .int, others: 0))
    #expect(throws: expected) { try read(TypedSource(file, ReadingRequest())) }
    let (table, notes) = try read(TypedSource(file, options(["on_conflict": .word("reject")])))
    #expect(table.words("t") == ["r0", "r1", "r2"])
    #expect(notes == ["2 rows rejected"])
  }

  @Test func aStatedTypeIsNoMisfit() throws {
    let file = NumbersFile(path: "a", cells: [.int(1), .float(0.5)])
    let (table, _) = try read(TypedSource(file, options(["types": .record([RawField("n", .word("text"))])])))
    #expect(table.words("n") == ["1", "0.5"] && table.types == [.text, .text])
  }

  @Test func severalFilesAgreeAndLoseNoDigits() throws {
    let wide: Int64 = 1 << 60 + 1
    func source(_ first: [Tables.Cell], _ second: [Tables.Cell]) -> ConcatenatedSource {
      let files = [NumbersFile(path: "a", cells: first), NumbersFile(path: "b", cells: second)]
      return ConcatenatedSource(
        files.map { TypedSource($0, ReadingRequest()) }, paths: ["a", "b"], union: false)
    }
    let (table, notes) = try read(source([.float(0.5)], [.int(1), .int(2)]))
    #expect(table.words("n") == ["0.5", "1.0", "2.0"] && notes == ["2 files"])
    let expected = SourceError(
      source: "b", reason: .badCell(row: 1, column: "n", text: "\(wide)", type: .float, others: 0))
    #expect(throws: expected) { try read(source([.float(0.5)], [.int(wide)])) }
  }

  @Test func unknownNamesInOptionsAreRefused() throws {
    let file = NumbersFile(path: "a", cells: [.int(1)])
    for option in ["columns": RawValue.list([.text("m")]), "types": .record([RawField("m", .word("int"))])] {
      let source = TypedSource(file, options([option.key: option.value]))
      #expect(throws: SourceError.self) { try source.declaredSchema() }
      #expect(throws: SourceError.self) { try read(source) }
    }
  }
}
