import Descriptions

/// Everything that describes itself, by family: what help, completion, did-you-mean and the reference are made from.
public struct HelpCatalogue: Sendable {
  /// A list of descriptions of one kind: algorithms, metrics, formats.
  public struct Family: Sendable {
    /// In the plural: `algorithms`.
    public let name: String
    /// What one of them is called: `algorithm`.
    public let singular: String
    public let members: [Description]

    public init(_ name: String, singular: String, _ members: [Description]) {
      self.name = name
      self.singular = singular
      self.members = members
    }
  }

  public let verbs: [Description]
  public let families: [Family]
  private let verbPlaces: [String: Int]

  public init(verbs: [Description], families: [Family] = []) {
    self.verbs = verbs
    self.families = families
    verbPlaces = Dictionary(verbs.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  public func verb(_ name: String) -> Description? { verbPlaces[name].map { verbs[$0] } }

  public func family(_ name: String) -> Family? { families.first { $0.name == name || $0.singular == name } }

  /// The descriptions of that name in any family, verbs first.
  public func all(named name: String) -> [(kind: String, description: Description)] {
    let verb = verb(name).map { [("verb", $0)] } ?? []
    return verb + families.flatMap { family in family.members.filter { $0.name == name }.map { (family.singular, $0) } }
  }

  /// The verb that users of other tools mean by a word.
  public func verb(otherwiseCalled word: String) -> Description? { verbs.first { $0.otherNames.contains(word) } }

  /// The descriptions by their group, groups and members in the order of the catalogue.
  public static func grouped(_ descriptions: [Description]) -> [(group: String, members: [Description])] {
    var order: [String] = []
    var groups: [String: [Description]] = [:]
    for description in descriptions {
      if groups[description.group] == nil { order.append(description.group) }
      groups[description.group, default: []].append(description)
    }
    return order.map { ($0, groups[$0] ?? []) }
  }
}
