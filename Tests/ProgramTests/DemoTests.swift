import Foundation
import ProgramRunning
import Testing

/// The demos beside `scripts/demo` run to their end from what the project ships, and leave a page with pictures.
struct DemoTests {
  @Test(arguments: ["orders", "flights", "made", "tickets", "patients"]) func aDemoEndsWithAPage(name: String) throws {
    let folder = try ScratchFolder()
    let demos = Repository.root + "/scripts/demos"
    let ended = try Program.mlp.run(
      ["run", "\(demos)/\(name).mlp"] + (name == "made" ? [] : ["data=\(demos)/data"]), in: folder.path,
      environment: ["MLP_STDLIB": Repository.root + "/stdlib"])
    #expect(ended.status == 0, "\(ended.output)\n\(ended.errors)")
    let page = try String(contentsOfFile: "\(folder.path)/\(name).html", encoding: .utf8)
    #expect(page.components(separatedBy: "<svg").count >= 3)
  }

  /// What the demo of private data prints and writes holds no name, number or address of a patient.
  @Test func privateDataIsMadeSafe() throws {
    let folder = try ScratchFolder()
    let demos = Repository.root + "/scripts/demos"
    let ended = try Program.mlp.run(
      ["run", "\(demos)/patients.mlp", "data=\(demos)/data"], in: folder.path,
      environment: ["MLP_STDLIB": Repository.root + "/stdlib"], seconds: 60)
    #expect(ended.status == 0, "\(ended.output)\n\(ended.errors)")
    let lines = try String(contentsOfFile: demos + "/data/patients.csv", encoding: .utf8).split(separator: "\n")
    var secrets = Set<String>()
    for line in lines.dropFirst() {
      // `"Dahl, Elif",email,phone,card,iban,ip,born,…`
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      secrets.formUnion(["\(fields[0].dropFirst()),\(fields[1].dropLast())"] + fields[2...6].map(String.init))
      // The first of a month is what months are generalised to.
      if !fields[7].hasSuffix("-01") { secrets.insert(String(fields[7])) }
    }
    secrets.remove("")
    secrets.formUnion(["only for this demo"])
    var texts = [("what was printed", ended.output + ended.errors)]
    for name in ["patients_safe.csv", "patients.mlpkg", "patients.html"] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name))
      texts.append((name, String(decoding: bytes, as: UTF8.self)))
    }
    for (name, text) in texts {
      let found = secrets.filter { text.contains($0) }
      #expect(found.isEmpty, "\(name) holds \(found.prefix(5))")
    }
  }
}
