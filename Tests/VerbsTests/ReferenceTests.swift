import Formats
import Foundation
import Interpreter
import Testing

@testable import Verbs

/// The pages in `stdlib/reference` are what the descriptions say now.
struct ReferenceTests {
  static let pages = ReferencePages(Reference.vocabulary.help).pages

  @Test(arguments: pages.map(\.path)) func pageIsFresh(_ path: String) throws {
    let folder = try #require(StandardLibrary.folder)
    let page = try #require(Self.pages.first { $0.path == path })
    let stored = try? String(contentsOfFile: folder + "/reference/" + path, encoding: .utf8)
    #expect(stored == page.text, "run `mlp reference stdlib/reference`")
  }

  @Test func nothingElseIsThere() throws {
    let folder = try #require(StandardLibrary.folder) + "/reference"
    let known = Set(Self.pages.map(\.path))
    let stored = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    #expect(stored.filter { $0.hasSuffix(".md") && !known.contains($0) } == [])
  }
}
