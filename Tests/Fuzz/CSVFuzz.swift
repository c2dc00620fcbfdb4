import Formats
import Kernels
import Tables

/// Feeds bytes to the delimited reader and to the profile of what it gives. The first byte chooses options, and the second a dialect
/// where the first says that there is one.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCSV(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.first else { return 0 }
  var options = DelimitedOptions()
  options.header = choice & 1 == 0 ? .found : choice & 2 == 0 ? .present : .absent
  options.onConflict = choice & 4 == 0 ? .stop : .reject
  options.delimiter = choice & 8 == 0 ? nil : ";"
  options.missing = choice & 16 == 0 ? [""] : ["NA", "-"]
  options.rows = choice & 32 == 0 ? nil : 3
  options.expandedLimit = 1 << 24
  var bytes = Array(input.dropFirst())
  if choice & 128 != 0, let dialect = bytes.first {
    bytes.removeFirst()
    choose(dialect, &options)
  }
  let source = DelimitedSource(bytes: bytes, name: "fuzz", options: options)
  do throws(SourceError) {
    let declared = try source.declaredSchema()
    let table = try source.read(columns: nil, Progress()).table
    precondition(table.columns.allSatisfy { $0.count == table.rowCount }, "columns differ in length")
    checkAgreement(declared, table)
    checkRoundTrip(table)
    if choice & 64 != 0 { checkBlocks(bytes, options, table) }
  } catch {
    if choice & 64 != 0 { checkBlocks(bytes, options, nil) }
  }
  return 0
}

/// The options of another dialect.
private func choose(_ dialect: UInt8, _ options: inout DelimitedOptions) {
  options.quote = dialect & 1 == 0 ? .double : dialect & 2 == 0 ? .none : .mark(UInt8(ascii: "'"))
  options.escape = dialect & 4 == 0 ? nil : "\\"
  options.comment = dialect & 8 == 0 ? nil : "#"
  options.lineEnd = dialect & 16 == 0 ? nil : LineEnd.allCases[Int(dialect) % 3]
  options.encoding = dialect & 32 == 0 ? nil : TextEncoding.allCases[Int(dialect) % 6]
  options.footer = dialect & 64 == 0 ? 0 : 2
  if dialect & 128 != 0 {
    options.skip = 1
    options.units = dialect & 2 == 0
    options.dates = .dmy
  }
}

/// What a sample said of a column's type holds in the result.
private func checkAgreement(_ declared: DeclaredSchema?, _ table: Table) {
  guard let declared else { return }
  for field in declared.schema.fields where !declared.open.contains(field.name) {
    precondition(table[field.name]?.type == field.type, "a settled type changed")
  }
}

/// Where a text is cut into blocks changes nothing: neither the rows nor whether there are any.
private func checkBlocks(_ bytes: [UInt8], _ options: DelimitedOptions, _ table: Table?) {
  var options = options
  options.blockSize = 100
  let again = try? DelimitedSource(bytes: bytes, name: "blocks", options: options).read(columns: nil, Progress()).table
  precondition(again == table, "blocks give other rows")
}

/// What was read can be profiled, and written it reads back as the same cells.
private func checkRoundTrip(_ table: Table) {
  guard !table.columns.isEmpty, (try? TableProfile(of: table)) != nil else { return }
  let types = Dictionary(zip(table.names, table.columns.map(\.type)), uniquingKeysWith: { first, _ in first })
  for format in [CSVFormat.self, TSVFormat.self] as [any TextTableWriting.Type] {
    let text = format.rows(table)
    let source = format.source(format.header(table) + (0..<text.count).flatMap(text.piece), types: types)
    guard let again = try? source.read(columns: nil, Progress()).table else {
      preconditionFailure("it does not read back")
    }
    precondition(again == table, "it reads back as another table")
  }
}
