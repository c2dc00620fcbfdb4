import Diagnostics
import Display
import Engine
import Formats
import Foundation
import Interpreter
import Kernels
import Learners
import Testing

@testable import Verbs

/// Every example in a description is a script that runs as it stands.
@Suite(.serialized) struct ExampleTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let title: String
    let script: String
    var testDescription: String { "\(name): \(title)" }
  }

  static let verbs = VerbCatalog.all.flatMap { verb in
    verb.description.examples.map { Case(name: verb.description.name, title: $0.title, script: $0.script) }
  }
  static let learners = LearnerCatalog.all.flatMap { learner in
    learner.description.examples.map { Case(name: learner.description.name, title: $0.title, script: $0.script) }
  }

  static let formats = FormatCatalog.all.flatMap { format in
    format.description.examples.map { Case(name: format.name, title: $0.title, script: $0.script) }
  }

  @Test(arguments: verbs) func exampleOfAVerbRuns(_ example: Case) throws { try run(example) }

  static let places = AddressCatalog.all.flatMap { place in
    place.description.examples.map { Case(name: place.description.name, title: $0.title, script: $0.script) }
  }

  /// Those that need no other machine.
  @Test(arguments: places) func exampleOfAPlaceRuns(_ example: Case) throws { try run(example) }

  @Test(arguments: learners) func exampleOfALearnerRuns(_ example: Case) throws { try run(example) }

  @Test(arguments: formats) func exampleOfAFormatRuns(_ example: Case) throws { try run(example) }

  @Test(arguments: VerbCatalog.all.map { $0.description.name }) func everyVerbHasAnExample(_ name: String) {
    #expect(VerbCatalog.all.first { $0.description.name == name }?.description.examples.isEmpty == false)
  }

  private func run(_ example: Case) throws {
    let script = try #require(Scripts.inFolder(example.script))
    var session = Scripts.session()
    var told: [String] = []
    var scalars = 0
    let status = session.run(SourceFile(name: example.name, text: script), Progress()) { event in
      if case .diagnostic(let diagnostic, let source) = event {
        told.append(DiagnosticRenderer(source: source).render(diagnostic))
      }
      if case .display = event { scalars += 1 }
    }
    while let service = session.service { service.stop() }
    #expect(status == .done, "\(told.joined(separator: "\n"))")
    #expect(session.last != nil || scalars > 0)
  }
}

/// Sessions and scratch folders for scripts in tests.
enum Scripts {
  static func session() -> Session {
    let vocabulary = Vocabulary(VerbCatalog.all)
    let setting = SessionSetting(
      executor: LocalExecutor(), seed: 7, isInteractive: false, folder: WorkingFolder(),
      readScript: { _ throws(ScriptReadFailure) in throw ScriptReadFailure("not here") })
    return Session(vocabulary, setting)
  }

  /// The script with the files it writes put into a scratch folder: every text in quotes that names a file.
  static func inFolder(_ script: String) -> String? {
    let folder = NSTemporaryDirectory() + "mlp-examples-\(UUID().uuidString)"
    guard (try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)) != nil else {
      return nil
    }
    let endings = FormatCatalog.all.flatMap { format in
      let packed = Compression.allCases.flatMap { way in format.endings.map { "\($0).\(way.rawValue)" } }
      return format.isCompressible ? format.endings + packed : format.endings
    }
    var text = script
    for ending in endings + ["db"] {
      text = text.replacingOccurrences(
        of: "\"([A-Za-z_.-]+)\\.\(ending)\"", with: "\"\(folder)/$1.\(ending)\"", options: .regularExpression)
    }
    text = text.replacingOccurrences(
      of: "\"sqlite:([A-Za-z_-]+\\.db)", with: "\"sqlite:\(folder)/$1", options: .regularExpression)
    return text
  }
}
