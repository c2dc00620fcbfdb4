import Display

extension HTMLRenderer {
  /// A page of values under each other.
  func document(title: String, displays: [Display]) -> String { document(Page(title: title, values: displays)) }
}

extension MarkdownRenderer {
  /// A page of values under each other.
  func document(title: String, displays: [Display]) -> String { document(Page(title: title, values: displays)) }
}

extension Page {
  init(title: String, values: [Display]) { self.init(title: title, sections: [Section("", values)]) }
}
