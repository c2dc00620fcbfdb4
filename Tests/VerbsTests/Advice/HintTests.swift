import Diagnostics
import Foundation
import Interpreter
import Kernels
import Testing

@testable import Verbs

/// What a message tells to write is taken by the checker as it stands, whatever the names.
struct HintTests {
  private static let folder: String = {
    let path = NSTemporaryDirectory() + "mlp-hints-\(UUID().uuidString)"
    let files = [
      "homes.csv": "Sale Price,Lot.Frontage,in,kind\n"
        + (1...30).map { "\($0),\($0 % 7),\($0 % 3),k\($0 % 2)" }
        .joined(separator: "\n"),
      "nohead.csv": "1,2\n3,4\n5,6\n", "codes.csv": "Zip Code\n01234\n02345\n03456\n",
      "bad.csv": "Sale Price\n" + (1...20_000).map { "\($0)\n" }.joined() + "many\n",
      "german_credit.csv": "a\n1\n",
    ]
    for (name, text) in files {
      try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      _ = FileManager.default.createFile(atPath: path + "/" + name, contents: Data(text.utf8))
    }
    return path
  }()

  private func text(_ script: String) -> String { script.replacingOccurrences(of: "DIR", with: Self.folder) }

  @Test(
    arguments: [
      ("drop Lot.Frontage", "drop `Lot.Frontage`"), ("label Lot.Frontage", "label `Lot.Frontage`"),
      ("filter Lot.Frontage > 3", "filter `Lot.Frontage` > 3"),
      ("derive x = Lot.Frontage * 2", "derive x = `Lot.Frontage` * 2"),
      ("impute Lot.Frontage = median", "impute `Lot.Frontage` = median"),
      ("sort Lot.Frontage = down", "sort `Lot.Frontage` = down"), ("drop Lot_Frontage", "drop `Lot.Frontage`"),
      ("sort -Lot.Frontage", "sort `Lot.Frontage` = down"), ("dropna `Sale Price`", "filter `Sale Price` != missing"),
      ("tail", "show last: 5"), ("select -`Sale Price`", "drop `Sale Price`"),
      ("df = read_csv(\"DIR/codes.csv\")", "load \"DIR/codes.csv\" |> as df"),
    ])
  func namesStandInBackQuotesWhereTheyMust(_ typed: String, _ written: String) {
    let load = text("load \"DIR/homes.csv\"\n")
    let followed = FollowedAdvice(load + text(typed))
    #expect(followed.text == load + text(written), "\(followed)")
    #expect(followed.isSound, "\(followed)")
  }

  @Test(
    arguments: [
      ("load \"DIR/nohead.csv\"", "load \"DIR/nohead.csv\", ADVICE"),
      ("load \"DIR/bad.csv\"", "load \"DIR/bad.csv\", ADVICE"),
      (
        "load \"DIR/homes.csv\"\nlabel y = `Sale Price` > 3\nsplit\ntrain tree",
        "load \"DIR/homes.csv\"\nADVICE"
      ),
      (
        "load \"DIR/homes.csv\"\nlabel `Sale Price`, task: regression\nsplit\ntrain logistic",
        "load \"DIR/homes.csv\"\nADVICE"
      ),
    ])
  func adviceInANoteOrInHelpIsSound(_ script: String, _ followed: String) throws {
    var told: [String] = []
    var session = Scripts.session()
    _ = session.run(SourceFile(name: "typed.mlp", text: text(script)), Progress()) { event in
      switch event {
      case .display(let display, _): told.append("\(display)")
      case .diagnostic(let diagnostic, _): told += [diagnostic.label ?? ""] + diagnostic.help
      default: break
      }
    }
    let advice = told.flatMap(Self.advice)
    #expect(!advice.isEmpty, "\(told)")
    for code in advice {
      let mended = text(followed).replacingOccurrences(of: "ADVICE", with: code)
      let checked = Scripts.session().check(SourceFile(name: "mended.mlp", text: mended))
      #expect(!checked.hasErrors, "\(code): \(checked.diagnostics.first?.message ?? "")")
    }
  }

  /// The code in a sentence: an option with its value, or a stage.
  private static func advice(_ told: String) -> [String] {
    let pattern = /`(?<plain>[a-z]+:? [^`]+)`|'(?<quoted>[a-z]+:? [^']*`[^']*)'|^(?<option>types: \{.*?\})/
    return told.matches(of: pattern).compactMap { match in
      let code = String(match.plain ?? match.quoted ?? match.option ?? "")
      return code.contains("COLUMN") || code.contains("NAME") ? nil : code
    }
  }

  @Test func aNearFileIsNamed() {
    let followed = FollowedAdvice(text("load \"DIR/german_crdit.csv\""))
    #expect(followed.text == text("load \"DIR/german_credit.csv\""), "\(followed)")
  }

  @Test(arguments: ["ys", "Yes"]) func aNearClassIsNamed(_ asked: String) {
    var help: [String] = []
    var session = Scripts.session()
    let script = "load titanic\nlabel survived, positive: \"\(asked)\""
    _ = session.run(SourceFile(name: "typed.mlp", text: script), Progress()) { event in
      if case .diagnostic(let diagnostic, _) = event { help += diagnostic.help }
    }
    #expect(help.first == "`positive: \"yes\"`, if that is meant")
  }
}
