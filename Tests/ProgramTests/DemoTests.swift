import Foundation
import ProgramRunning
import Testing

/// The demos beside `scripts/demo` run to their end from what the project ships, and leave a page with pictures.
struct DemoTests {
  @Test(arguments: ["orders", "flights", "made", "tickets"]) func aDemoEndsWithAPage(name: String) throws {
    let folder = try ScratchFolder()
    let demos = Repository.root + "/scripts/demos"
    let ended = try Program.mlp.run(
      ["run", "\(demos)/\(name).mlp", "data=\(demos)/data"], in: folder.path,
      environment: ["MLP_STDLIB": Repository.root + "/stdlib"])
    #expect(ended.status == 0, "\(ended.output)\n\(ended.errors)")
    let page = try String(contentsOfFile: "\(folder.path)/\(name).html", encoding: .utf8)
    #expect(page.components(separatedBy: "<svg").count >= 3)
  }
}
