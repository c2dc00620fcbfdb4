import Descriptions
import Diagnostics
import Display
import Formats
import Interpreter
import Plan
import Testing

@testable import Verbs

/// `load` from databases and other machines.
@Suite struct AddressLoadTests {
  @Test func everyKindOfPlaceDescribesItself() {
    let schemes = AddressCatalog.all.flatMap { $0.schemes }
    #expect(Set(schemes).count == schemes.count && schemes.allSatisfy { $0 == $0.lowercased() })
    for kind in AddressCatalog.all {
      #expect(!kind.description.summary.isEmpty && !kind.description.details.isEmpty)
    }
    #expect(Reference.vocabulary.help.family("places")?.members.map(\.name) == ["sqlite", "postgres", "http"])
    let formats = Set(FormatCatalog.all.map { $0.name })
    for name in ["csv", "tsv", "jsonl"] {
      #expect(formats.contains(name) && AddressCatalog.mediaTypes.values.contains(name))
    }
  }

  private static let shop = """
    create table orders (id INTEGER PRIMARY KEY, who TEXT, price REAL);
    insert into orders values (1, 'ann', 2.5), (2, 'bob', 4), (3, null, 1);
    create table customers (name TEXT);
    """

  @Test func aScriptOnADatabaseIsCheckedByItsColumns() throws {
    let scripts = try PlaceScripts()
    scripts.makeDatabase("shop.db", Self.shop)
    #expect(scripts.codes("load \"sqlite:DIR/shop.db#orders\"\nfilter price > 2\nselect who") == [])
    #expect(scripts.codes("load \"sqlite:DIR/shop.db#orders\"\nselect whom") == [.unknownColumn])
    #expect(scripts.codes("load \"sqlite:DIR/shop.db#order\"") == [.notFound])
    #expect(scripts.codes("load \"sqlite:DIR/shop.db\"") == [.notFound])
    #expect(scripts.codes("load \"sqlite:DIR/none.db#t\"") == [.fileNotFound])
    #expect(scripts.codes("load \"sqlite:DIR/shop.db#orders\", delimiter: \",\"") == [.unknownOption])
    #expect(scripts.codes("load \"sqlite:DIR/shop.db#orders\", format: csv") == [.badFormat])
    #expect(scripts.codes("load \"mysql://ann:s3cret@host/shop\"") == [.badFormat])
    // What is read is never overwritten by chance.
    let over = "load \"sqlite:DIR/shop.db#orders\", rejects: \"DIR/shop.db\""
    #expect(scripts.codes(over).contains(.overwritesSource))
  }

  @Test func aTableOfADatabaseIsATable() throws {
    let scripts = try PlaceScripts()
    scripts.makeDatabase("shop.db", Self.shop)
    #expect(
      scripts.run("load \"sqlite:DIR/shop.db#orders\"\nderive double = price * 2\nexport \"DIR/out.csv\"") == .done)
    #expect(try scripts.text(of: "out.csv") == "id,who,price,double\n1,ann,2.5,5.0\n2,bob,4.0,8.0\n3,,1.0,2.0\n")
    #expect(scripts.notes.contains("orders: 3 rows"))
    #expect(
      scripts.run("load \"sqlite:DIR/shop.db#select who, price from orders where price > 2\", file: origin") == .done)
    guard case .table(let relation)? = scripts.session.last else {
      Issue.record("no table")
      return
    }
    #expect(relation.schema.names == ["who", "price", "origin"] && relation.name == "shop")
  }

  /// Nobody is asked before the script runs; what `columns:` names is known.
  @Test(arguments: [
    "postgres://ann@192.0.2.1/shop#orders", "https://192.0.2.1/orders.csv", "https://192.0.2.1/query?x=1",
  ])
  func whatIsElsewhereIsOpen(_ address: String) throws {
    let scripts = try PlaceScripts()
    #expect(scripts.codes("load \"\(address)\"\nselect whatever\nfilter whatever > 2") == [])
    #expect(scripts.codes("load \"\(address)\", columns: [a, b]\nselect whatever") == [.unknownColumn])
    #expect(scripts.codes("load \"\(address)\", columns: [a, b], types: {a: text}\nfilter a > 2") == [.wrongType])
    #expect(scripts.codes("load \"\(address)\", columns: [a, b]\nfilter a > 2") == [])
  }

  @Test func anAddressThatIsNoneIsToldBeforeTheRun() throws {
    let scripts = try PlaceScripts()
    for address in ["postgres:shop", "postgres://ann:s3/cret@host/db", "https:///x.csv", "sqlite:#t"] {
      #expect(scripts.codes("load \"\(address)\"") == [.badFormat], "\(address)")
    }
    #expect(scripts.codes("load \"https://192.0.2.1/m.mlpkg\"") == [.badFormat])
    #expect(scripts.codes("load \"https://192.0.2.1/x.csv\", \"postgres://h/db#t\"") == [.badFormat])
  }

  @Test func predictReadsADatabaseToo() throws {
    let scripts = try PlaceScripts()
    scripts.makeDatabase(
      "flowers.db",
      "create table new (sepal_length_cm REAL, sepal_width_cm REAL, petal_length_cm REAL, petal_width_cm REAL); insert into new values (5.1, 3.5, 1.4, 0.2)"
    )
    let status = scripts.run(
      """
      load iris
      label species
      split test: 0.2, seed: 7
      train tree
      predict "sqlite:DIR/flowers.db#new"
      export "DIR/out.csv"
      """)
    #expect(status == .done, "\(scripts.notes)")
    #expect(try scripts.text(of: "out.csv").contains("setosa"))
  }
}
