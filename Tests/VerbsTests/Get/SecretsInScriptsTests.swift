import Diagnostics
import Display
import Foundation
import Interpreter
import Testing

@testable import Verbs

/// The password of an address is in nothing that a session tells or writes.
@Suite struct SecretsInScriptsTests {
  private static let secret = "s3cret"
  private static let address = "postgres://ann:s3cret@127.0.0.1:1/shop#orders"

  @Test func noMessageHoldsIt() throws {
    let scripts = try PlaceScripts()
    let lines = [
      "load \"\(Self.address)\"", "load \"\(Self.address)\", nonsense: 3", "load \"\(Self.address)\", columns: 3",
      "load \"http://ann:s3cret@127.0.0.1:1/x.csv\"", "load \"http://127.0.0.1:1/x.csv?token=s3cret\"",
      "load \"mysql://ann:s3cret@host/db\"", "load \"\(Self.address)\" |> nonsense", "train \"\(Self.address)\"",
      "let source = \"\(Self.address)\"", "source", "load source", "param place = \"\(Self.address)\"", "load place",
      "let double(x) = x + \"\(Self.address)\"", "double", "define shop { load \"\(Self.address)\" }", "shop",
      "define buy from: \"\(Self.address)\" { load from }", "buy", "load iris", "filter \"\(Self.address)\" > 2",
      "load \"postgres://ann:s3/cret@host/db\"", "load \"https://ann:s3cret@127.0.0.1:1/m.mlpkg\"",
    ]
    for line in lines { _ = scripts.enter(line) }
    #expect(scripts.told.count > lines.count)
    for text in scripts.told { #expect(!text.contains(Self.secret) && !text.contains("s3/cret"), "\(text)") }
    let rest = [scripts.session.transcript, scripts.session.flow, JSONRenderer().render(scripts.session.variables)]
    for text in rest { #expect(!text.contains(Self.secret), "\(text)") }
    #expect(scripts.session.transcript.contains("ann:***@127.0.0.1:1/shop#orders"))
    while let undone = scripts.undo() { #expect(!undone.contains(Self.secret)) }
  }

  @Test func noPlanHoldsIt() throws {
    let scripts = try PlaceScripts()
    let plan = JSONRenderer().render(
      scripts.check("param source = \"\(Self.address)\"\nload source\nselect a\nload \"\(Self.address)\"").plan)
    #expect(!plan.contains(Self.secret) && plan.contains("ann:***@127.0.0.1:1"))
  }

  @Test func noReportHoldsIt() throws {
    let scripts = try PlaceScripts()
    let script =
      "let source = \"\(Self.address)\"\nsource\nload iris\nexport \"DIR/report.html\"\nexport \"DIR/report.md\""
    #expect(scripts.run(script) == .done, "\(scripts.notes)")
    for name in ["report.html", "report.md"] {
      let text = try scripts.text(of: name)
      #expect(!text.contains(Self.secret) && text.contains("***"))
    }
  }

  /// An address with a mask in place of its password can be used: the password comes from elsewhere.
  @Test func whatIsMaskedCanBeRunAgain() throws {
    let scripts = try PlaceScripts()
    #expect(scripts.codes("load \"postgres://ann:***@127.0.0.1:1/shop#orders\"") == [])
  }
}
