import Descriptions
import Synthesis
import Tables

/// A data set that `synth` makes by its name.
struct ShapeForm: Sendable {
  let description: Description
  /// nil with what is wrong where options do not go together.
  let make: @Sendable (Options, UInt64) -> Made

  enum Made: Sendable {
    case rows(any RowMaking)
    /// The option at fault, and why.
    case refused(option: String, String)
  }

  static let all = [moons, circles, blobs, classification, regression, timeSeries]
  static let names = all.map(\.description.name)

  static func named(_ name: String) -> ShapeForm? { all.first { $0.description.name == name } }

  private init(
    _ name: String, _ summary: String, _ details: String, _ parameters: [any AnyParameter], _ example: Example,
    otherNames: [String], otherOptions: [String: String] = [:], references: [String] = [],
    _ make: @escaping @Sendable (Options, UInt64) -> Made
  ) {
    description = Description(
      name: name, summary: summary, group: "Made", details: [details], parameters: parameters, examples: [example],
      otherNames: otherNames, otherOptions: otherOptions, references: references)
    self.make = make
  }

  // MARK: Two classes on the plane

  private static let noise = Parameter<Double>(
    "noise", "The standard deviation of what is added to each number", default: 0, .atLeast(0))
  private static let factor = Parameter<Double>(
    "factor", "How large the inner circle is beside the outer", default: 0.8, .within(0, 1))

  private static let moons = ShapeForm(
    "moons", "Two half circles that reach into each other",
    "Columns `x1` and `x2`, and the class `y`, 0 or 1, each half of the rows.", [noise],
    Example("with noise", "synth 200, moons, noise: 0.1, seed: 7\nplot scatter, x1, x2, by: y"),
    otherNames: ["make_moons"]
  ) { options, seed in .rows(MoonRows(.moons, noise: options[noise] ?? 0, seed: seed)) }

  private static let circles = ShapeForm(
    "circles", "A circle in another",
    "Columns `x1` and `x2`, and the class `y`: 0 outside, 1 inside, each half of the rows.", [noise, factor],
    Example("with noise", "synth 200, circles, noise: 0.05, factor: 0.5, seed: 7\nplot scatter, x1, x2, by: y"),
    otherNames: ["make_circles"]
  ) { options, seed in
    .rows(MoonRows(.circles(factor: options[factor] ?? 0.8), noise: options[noise] ?? 0, seed: seed))
  }

  // MARK: Clusters

  private static func features(_ count: Int) -> Parameter<Int> {
    Parameter<Int>("features", "How many columns beside the answer", default: count, .within(1, 10_000))
  }
  private static let centers = Parameter<Int>(
    "centers", "How many clusters, each a class of its own", default: 3, .within(1, 10_000))
  private static let spread = Parameter<Double>(
    "cluster_std", "The standard deviation within a cluster", default: 1, .atLeast(0))
  private static let blobFeatures = features(2)

  private static let blobs = ShapeForm(
    "blobs", "Round clusters, each a class",
    "Columns `x1`, `x2`, …, and the class `y` from 0 on, all as frequent. Centres lie from -10 to 10.",
    [centers, blobFeatures, spread],
    Example("five clusters", "synth 500, blobs, centers: 5, seed: 7\nplot scatter, x1, x2, by: y"),
    otherNames: ["make_blobs"], otherOptions: ["n_features": "features", "n_centers": "centers"]
  ) { options, seed in
    .rows(
      ClusterRows.blobs(
        centers: options[centers] ?? 3, features: options[blobFeatures] ?? 2, spread: options[spread] ?? 1, seed: seed))
  }

  private static let classFeatures = features(20)
  private static let informative = Parameter<Int>(
    "informative", "How many columns tell the class", default: 2, .within(1, 200))
  private static let redundant = Parameter<Int>(
    "redundant", "How many columns are sums of those that tell it", default: 2, .within(0, 10_000))
  private static let classes = Parameter<Int>("classes", "How many classes", default: 2, .within(2, 1000))
  private static let clusters = Parameter<Int>(
    "clusters_per_class", "How many clusters a class has", default: 2, .within(1, 100))
  private static let separation = Parameter<Double>(
    "class_sep", "How far clusters are from each other", default: 1, .atLeast(0))
  private static let flipped = Parameter<Double>(
    "flip_y", "The share of rows whose class is drawn at random", default: 0.01, .within(0, 1))

  private static let classification = ShapeForm(
    "classification", "Clusters of several classes among columns that say nothing",
    "Columns `x1`, `x2`, …: first those that tell the class, then sums of them, then noise. The class `y` counts from 0 on.",
    [classFeatures, informative, redundant, classes, clusters, separation, flipped],
    Example(
      "what a tree finds",
      "synth 600, classification, features: 6, informative: 3, redundant: 1, seed: 7\nlabel y\nsplit test: 0.3, seed: 7\ntrain tree"
    ), otherNames: ["make_classification"],
    otherOptions: [
      "n_features": "features", "n_informative": "informative", "n_redundant": "redundant", "n_classes": "classes",
      "n_clusters_per_class": "clusters_per_class",
    ], references: ["Guyon, Design of experiments for the NIPS 2003 variable selection benchmark (2003)"]
  ) { options, seed in
    let asked = ClusterRows.Classification(
      features: options[classFeatures] ?? 20, informative: options[informative] ?? 2,
      redundant: options[redundant] ?? 2, classes: options[classes] ?? 2, clustersPerClass: options[clusters] ?? 2,
      separation: options[separation] ?? 1, flipped: options[flipped] ?? 0.01)
    guard asked.informative + asked.redundant <= asked.features else {
      return .refused(option: "features", "is less than 'informative' and 'redundant' together")
    }
    guard asked.informative >= 20 || asked.classes * asked.clustersPerClass <= 1 << asked.informative else {
      return .refused(
        option: "informative", "leaves less places than there are clusters: raise it, or take fewer classes")
    }
    return .rows(ClusterRows.classification(asked, seed: seed))
  }

  // MARK: Numbers

  private static let lineFeatures = features(10)
  private static let lineInformative = Parameter<Int>(
    "informative", "How many columns the answer is a sum of", default: 5, .within(0, 10_000))
  private static let bias = Parameter<Double>("bias", "What is added to each answer", default: 0)

  private static let regression = ShapeForm(
    "regression", "A number that is a sum of some columns",
    "Normal columns `x1`, `x2`, …, of which the first have weights from 0 to 100, and the answer `y`.",
    [lineFeatures, lineInformative, bias, noise],
    Example(
      "with noise",
      "synth 500, regression, features: 4, informative: 2, noise: 10, seed: 7\nlabel y\nsplit test: 0.3, seed: 7\ntrain linear"
    ), otherNames: ["make_regression"],
    otherOptions: ["n_features": "features", "n_informative": "informative"]
  ) { options, seed in
    .rows(
      RegressionRows(
        features: options[lineFeatures] ?? 10, informative: options[lineInformative] ?? 5, bias: options[bias] ?? 0,
        noise: options[noise] ?? 0, seed: seed))
  }

  private static let start = Parameter<RawValue>("start", "The first day", otherwise: "2020-01-01")
  private static let level = Parameter<Double>("level", "The number around the first day", default: 100)
  private static let trend = Parameter<Double>("trend", "What is added from a day to the next", default: 0.1)
  private static let period = Parameter<Double>("period", "The days of a wave", default: 7, .within(1, 1e6))
  private static let amplitude = Parameter<Double>("amplitude", "How high the wave is", default: 10, .atLeast(0))
  private static let shock = Parameter<Double>(
    "noise", "The standard deviation of what is new each day", default: 1, .atLeast(0))
  private static let memory = Parameter<Double>(
    "memory", "The share of a day's noise that is left on the next", default: 0.5, .within(0, 0.99))

  private static let timeSeries = ShapeForm(
    "time_series", "A number a day: a line, a wave and noise that remembers",
    "Columns `day` and `y`. The noise is autoregressive of the first order.",
    [start, level, trend, period, amplitude, shock, memory],
    Example("a quarter", "synth 90, time_series, start: @2026-01-01, trend: 0.3, seed: 7\nplot line, day, y"),
    otherNames: ["timeseries", "make_time_series"], otherOptions: ["season": "period", "seasonality": "period"]
  ) { options, seed in
    guard case .date(let first) = options[start] ?? .date(18_262), abs(Int(first)) < 3_000_000 else {
      return .refused(option: "start", "is a day: start: @2026-01-01")
    }
    return .rows(
      TimeSeriesRows(
        TimeSeriesRows.Parts(
          start: first, level: options[level] ?? 100, trend: options[trend] ?? 0.1, period: options[period] ?? 7,
          amplitude: options[amplitude] ?? 10, noise: options[shock] ?? 1, memory: options[memory] ?? 0.5), seed: seed))
  }
}
