import Interpreter
import Learners
import Metrics

/// All that describes itself: what help, completion, the checker and the reference pages are made from.
public enum Reference {
  public static let vocabulary = Vocabulary(
    VerbCatalog.all,
    families: [
      HelpCatalogue.Family("algorithms", singular: "algorithm", LearnerCatalog.all.map { $0.description }),
      HelpCatalogue.Family("metrics", singular: "metric", MetricCatalog.all.map { $0.description }),
      HelpCatalogue.Family("formats", singular: "format", FormatCatalog.all.map { $0.description }),
      HelpCatalogue.Family("sets", singular: "set", ShapeForm.all.map(\.description)),
      HelpCatalogue.Family("places", singular: "place", AddressCatalog.all.map { $0.description }),
    ])
}
