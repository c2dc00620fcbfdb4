import Descriptions

/// The verbs that a script may use and all else that describes itself: what the catalogue of verbs hands to checker,
/// session, help and completion.
public struct Vocabulary: Sendable {
  public let verbs: [any Verb.Type]
  public let help: HelpCatalogue
  private let places: [String: Int]

  /// `families` are the algorithms, metrics and formats, for help, completion and the reference.
  public init(_ verbs: [any Verb.Type], families: [HelpCatalogue.Family] = []) {
    self.verbs = verbs
    help = HelpCatalogue(verbs: verbs.map { $0.description }, families: families)
    places = Dictionary(verbs.enumerated().map { ($1.description.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  public subscript(_ name: String) -> (any Verb.Type)? { places[name].map { verbs[$0] } }

  public var names: [String] { verbs.map { $0.description.name } }
}
