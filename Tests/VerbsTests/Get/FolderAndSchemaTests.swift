import Diagnostics
import Interpreter
import Plan
import Testing

@testable import Verbs

/// Folders, the column of a row's file, and schemas that are locked.
@Suite struct FolderAndSchemaTests {
  private func scripts() throws -> PlaceScripts {
    let scripts = try PlaceScripts()
    try scripts.write("a,b\n1,x\n", to: "data/1.csv")
    try scripts.write("a,b\n3,z\n", to: "data/more/3.csv")
    try scripts.write("a,b\n2,y\n", to: "data/2.csv")
    try scripts.write("no,table\n", to: "data/.hidden.csv")
    try scripts.write("no,table\n", to: "data/_temporary.csv")
    try scripts.write("words", to: "data/README.pdf")
    return scripts
  }

  @Test func aFolderIsItsFilesInOrder() throws {
    let scripts = try scripts()
    #expect(scripts.run("load \"DIR/data/\", file: origin\nexport \"DIR/out.csv\"") == .done, "\(scripts.notes)")
    let lines = try scripts.text(of: "out.csv").split(separator: "\n")
    #expect(lines.map { $0.prefix(3) } == ["a,b", "1,x", "2,y", "3,z"])
    #expect(lines[3].hasSuffix("/data/more/3.csv") && lines[0] == "a,b,origin")
    #expect(scripts.notes.contains("3 files of csv, 1 other left out"))
    #expect(scripts.run("load \"DIR/data\"") == .done)
  }

  @Test func aFolderOfSeveralFormatsAsksWhich() throws {
    let scripts = try scripts()
    try scripts.write("{\"a\":4,\"b\":\"w\"}\n", to: "data/4.jsonl")
    #expect(scripts.codes("load \"DIR/data\"") == [.badFormat])
    #expect(scripts.run("load \"DIR/data\", format: jsonl\nexport \"DIR/out.csv\"") == .done)
    #expect(try scripts.text(of: "out.csv") == "a,b\n4,w\n")
    #expect(scripts.codes("load \"DIR/data\", format: tsv") == [.badFormat])
  }

  @Test func aSchemaIsWrittenAndThenHolds() throws {
    let scripts = try scripts()
    #expect(scripts.run("load \"DIR/data/1.csv\", schema: save(\"DIR/x.json\")\nselect a") == .done, "\(scripts.notes)")
    #expect(
      try scripts.text(of: "x.json")
        == "{\n  \"fields\": [\n    {\"name\": \"a\", \"type\": \"integer\"},\n    {\"name\": \"b\", \"type\": \"string\"}\n  ]\n}\n"
    )
    #expect(scripts.codes("load \"DIR/data/2.csv\", schema: locked(\"DIR/x.json\")") == [])
    try scripts.write("a,c\nx,1\n", to: "other.csv")
    let checked = scripts.check("load \"DIR/other.csv\", schema: locked(\"DIR/x.json\")")
    #expect(checked.diagnostics.map(\.code) == [.schemaDrift])
    let help = checked.diagnostics[0].help.map { $0.replacing(scripts.folder, with: "DIR") }
    #expect(
      help == [
        "b  is not there, and text in DIR/x.json", "a  text, and int in DIR/x.json", "c  int, and not in DIR/x.json",
        "schema: save(\"DIR/x.json\") writes it anew",
      ])
    #expect(scripts.codes("load \"DIR/data/1.csv\", schema: locked(\"DIR/none.json\")") == [.fileNotFound])
    #expect(scripts.codes("load \"DIR/data/1.csv\", schema: locked(\"DIR/other.csv\")") == [.badFormat])
    #expect(scripts.codes("load \"DIR/data/1.csv\", schema: lock(\"x\")") == [.badOption])
  }

  /// What a script cannot look at before it runs is checked by the schema.
  @Test func aSchemaTellsTheColumnsOfWhatIsElsewhere() throws {
    let scripts = try scripts()
    _ = scripts.run("load \"DIR/data/1.csv\", schema: save(\"DIR/x.json\")")
    for address in ["postgres://ann@192.0.2.1/shop#orders", "https://192.0.2.1/x.csv"] {
      let load = "load \"\(address)\", schema: locked(\"DIR/x.json\")\n"
      #expect(scripts.codes(load + "select a") == [])
      #expect(scripts.codes(load + "select c") == [.unknownColumn])
      #expect(scripts.codes(load + "filter b > 2") == [.wrongType])
    }
  }

  /// A schema and a file that are made earlier in the script.
  @Test func aSchemaMayBeMadeInTheSameScript() throws {
    let scripts = try scripts()
    let status = scripts.run(
      """
      load "DIR/data/1.csv", schema: save("DIR/y.json")
      export "DIR/copy.csv"
      load "DIR/copy.csv", schema: locked("DIR/y.json")
      """)
    #expect(status == .done, "\(scripts.notes)")
  }
}
