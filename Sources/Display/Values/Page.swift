/// A report: sections of titled parts, each with what there is to show.
public struct Page: Sendable {
  public struct Section: Sendable {
    public var title: String
    public var parts: [Part]

    public init(_ title: String, _ parts: [Part]) {
      self.title = title
      self.parts = parts
    }

    /// A section of one part without a title of its own.
    public init(_ title: String, _ displays: [Display]) { self.init(title, [Part(displays: displays)]) }

    /// Whether there is nothing in it.
    public var isEmpty: Bool { parts.allSatisfy { $0.code == nil && $0.displays.allSatisfy(\.isEmpty) } }
  }

  public struct Part: Sendable {
    /// The code that it comes of; nil shows none.
    public var code: String?
    /// Where the code stands.
    public var place: String?
    public var displays: [Display]

    public init(code: String? = nil, place: String? = nil, displays: [Display]) {
      self.code = code
      self.place = place
      self.displays = displays
    }
  }

  public var title: String
  public var sections: [Section]

  public init(title: String, sections: [Section]) {
    self.title = title
    self.sections = sections
  }
}
