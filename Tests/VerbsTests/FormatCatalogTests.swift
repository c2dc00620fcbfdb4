import Descriptions
import Formats
import Language
import Tables
import Testing

@testable import Verbs

/// The one list of formats, and what asks it.
@Suite struct FormatCatalogTests {
  @Test func everyFormatDescribesItselfWithAnExample() {
    for format in FormatCatalog.all {
      let description = format.description
      #expect(!description.examples.isEmpty && !description.summary.isEmpty && !format.endings.isEmpty)
      #expect(description.parameters.allSatisfy { $0.fallbackRaw != nil || $0.fallbackWords != nil })
    }
    let names = FormatCatalog.all.map { $0.name }
    let endings = FormatCatalog.all.flatMap { $0.endings }
    #expect(Set(names).count == names.count && Set(endings).count == endings.count)
  }

  /// An option of a format that is also one of all tables would be read by the wrong description.
  @Test func noFormatDeclaresAnOptionOfAllTables() {
    for format in FormatCatalog.all {
      for option in LoadVerb.description.parameters { #expect(format.description.parameter(option.name) == nil) }
    }
  }

  @Test(
    arguments: [
      ("a.csv", "csv"), ("b/a.TXT.gz", "csv"), ("a.tsv", "tsv"), ("-", "csv"), ("m.mlpkg", "mlpkg"), ("m.onnx", "onnx"),
      ("a.jsonl.zst", "jsonl"), ("b.json", "json"), ("b/a.JSON.gz", "json"), ("r.html", "html"), ("t.xlsx", "xlsx"),
      ("t.xlsx.gz", nil), ("m.mlpkg.gz", nil),
      ("r.html.zst", nil), ("a.sav", nil), ("csv", nil),
    ] as [(String, String?)])
  func aNameTellsItsFormat(path: String, name: String?) { #expect(FormatCatalog.format(of: path)?.name == name) }

  @Test(arguments: ["x.parquet.gz", "x", "m.mlpkg", "m.onnx", "x.parquet.zst"])
  func aFormatThatIsNotReadNamesTheOnesThatAre(path: String) throws {
    let error = #expect(throws: SourceError.self) { try FormatCatalog.tableReader(path, stated: nil) }
    guard case .badFormat(let words)? = error?.reason else {
      Issue.record("\(path): \(String(describing: error))")
      return
    }
    for ending in [".csv", ".tsv", ".txt", ".json,", ".mlpkg", "each also with .gz and .zst"] {
      #expect(words.contains(ending))
    }
  }

  @Test(arguments: ["x.xls", "x.ods", "x.XLSB"])
  func aWorkbookOfAnotherKindSaysWhatToDo(path: String) throws {
    let error = #expect(throws: SourceError.self) { try FormatCatalog.tableReader(path, stated: nil) }
    guard case .badFormat(let words)? = error?.reason else {
      Issue.record("\(path): \(String(describing: error))")
      return
    }
    #expect(words.contains("save it as .xlsx or .csv"))
  }

  @Test func theFormatStatedGoesBeforeTheName() throws {
    #expect(try FormatCatalog.tableReader("x.dat", stated: "tsv") == TSVFormat.self)
  }

  @Test func aNameMayStandForAnyTableAndAPathForItsOwn() {
    func names(_ arguments: [Argument]) -> [String] { FormatCatalog.companions(of: arguments).map(\.name) }
    let path = Argument(.positional(Expr(.literal(.text("a.tsv")))))
    let name = Argument(.positional(Expr(.name("a"))))
    let stated = Argument(.option(Name("format"), Expr(.name("csv"))))
    #expect(names([path]) == ["tsv"])
    #expect(names([path, name]).contains("csv"))
    #expect(names([path, stated]) == ["csv"])
  }
}
