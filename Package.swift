// swift-tools-version: 6.1
import PackageDescription

/// Generics across modules cost 10–30 times as much without the first (measured per value in the column loops). The
/// second lets one release build serve running and testing.
let fast: [SwiftSetting] = [
  .unsafeFlags(["-cross-module-optimization", "-enable-testing"], .when(configuration: .release))
]

/// What the tests do is done by the modules that they test: their own code compiles two to three times as fast without optimisation.
let tested: [SwiftSetting] = [.unsafeFlags(["-Onone"], .when(configuration: .release))]

/// A Swift target of this package: its dependencies are the import directions that `scripts/check` enforces.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: fast)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, swiftSettings: tested)
}

let package = Package(
  name: "mlp",
  products: [.executable(name: "mlp", targets: ["mlp"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0")
  ],
  targets: [
    // System libraries and the thin C shims in front of them.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "CLineEditing", linkerSettings: [.linkedLibrary("edit")]),
    .target(name: "CRegularExpressions", linkerSettings: [.linkedLibrary("pcre2-8")]),
    .target(name: "CVector"),
    .target(name: "CMemory"),
    .target(name: "CPostgres"),
    .target(name: "CTransfer"),
    .target(name: "CCrypto"),

    // The engine.
    module("Notation"),
    module("Kernels", ["CMemory"]),
    module("Descriptions"),
    module("Tables", ["Kernels", "Notation", "CVector"]),
    module("Storage", ["Tables", "Kernels"]),
    module("Display", ["Tables", "Notation"]),
    module("Formats", ["Descriptions", "Tables", "Kernels", "Notation", "CZlib", "CZstd", "CVector"]),
    module("Parquet", ["Formats", "Descriptions", "Tables", "Kernels", "Notation", "CZlib", "CZstd", "CLZ4"]),
    module("Arrow", ["Formats", "Descriptions", "Tables", "Kernels", "Notation", "CZstd", "CLZ4", "CVector"]),
    module("Spreadsheets", ["Formats", "Descriptions", "Tables", "Kernels", "Notation", "CZlib"]),
    module("Databases", ["Formats", "Descriptions", "Tables", "Kernels", "Notation", "CSQLite", "CPostgres"]),
    module("Expressions", ["Tables", "Kernels", "Notation", "CRegularExpressions"]),
    module("Scoring", ["Expressions", "Tables", "Kernels", "Notation", "CVector", "CCrypto"]),
    module("Plan", ["Scoring", "Expressions", "Tables", "Kernels", "Notation"]),
    module("Engine", ["Plan", "Storage", "Scoring", "Expressions", "Tables", "Kernels"]),
    module("Relational", ["Engine", "Descriptions", "Plan", "Expressions", "Tables", "Kernels", "CVector"]),
    module("Validation", ["Formats", "Plan", "Expressions", "Tables", "Kernels", "Notation"]),
    module("Learners", ["Descriptions", "Plan", "Scoring", "Tables", "Kernels", "CVector"]),
    module("Metrics", ["Descriptions", "Plan", "Kernels"]),
    module("Privacy", ["Plan", "Scoring", "Expressions", "Tables", "Kernels", "Notation"]),
    module("Synthesis", ["Plan", "Tables", "Kernels", "Notation"]),
    module(
      "Training",
      ["Learners", "Metrics", "Descriptions", "Plan", "Scoring", "Expressions", "Tables", "Kernels", "Notation"]),
    module("Explanation", ["Learners", "Metrics", "Training", "Plan", "Scoring", "Tables", "Kernels"]),
    module(
      "Packaging", ["Plan", "Scoring", "Expressions", "Display", "Descriptions", "Tables", "Kernels", "Notation"]),
    module("Registry", ["Databases", "Packaging", "Plan", "Scoring", "Tables", "Kernels", "Notation", "CSQLite"]),
    module("Web", ["Packaging", "Formats", "Descriptions", "Tables", "Kernels", "Notation", "CTransfer"]),
    module("Caching", ["Packaging", "Display", "Plan", "Tables", "Kernels", "Notation", "CVector"]),
    module(
      "Serving",
      [
        "Plan", "Scoring", "Display", "Tables", "Kernels", "Notation", "CSQLite",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),

    // The language.
    module("Diagnostics", ["Notation"]),
    module("Language", ["Diagnostics", "Notation"]),
    module("Terminal", ["Display", "Diagnostics", "Kernels", "Notation", "CLineEditing"]),
    module(
      "Interpreter",
      [
        "Caching", "Packaging", "Language", "Diagnostics", "Descriptions", "Display", "Plan", "Scoring",
        "Expressions", "Tables", "Kernels", "Notation",
      ]),
    module(
      "Verbs",
      [
        "Interpreter", "Language", "Diagnostics", "Descriptions", "Display", "Parquet", "Arrow", "Databases", "Web",
        "Formats", "Spreadsheets", "Serving", "Registry", "Packaging", "Explanation", "Training", "Metrics", "Learners",
        "Privacy", "Synthesis", "Relational", "Validation", "Engine", "Plan", "Scoring", "Expressions", "Tables",
        "Kernels",
        "Notation",
      ]),
    .executableTarget(
      name: "mlp",
      dependencies: [
        "Verbs", "Interpreter", "Caching", "Language", "Diagnostics", "Descriptions", "Display", "Terminal",
        "Serving", "Registry", "Packaging", "Engine", "Formats", "Plan", "Scoring", "Expressions", "Tables", "Kernels",
        "Notation",
      ],
      swiftSettings: fast,
      linkerSettings: [
        // Static, so that the binary starts without resolving Foundation's symbols and runs where no Swift is installed.
        .unsafeFlags(
          [
            "-static-stdlib", "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCShims",
            "-l_FoundationCollections", "-lFoundationInternationalization",
          ],
          .when(configuration: .release))
      ]),

    // Tests.
    .target(name: "ProgramRunning", path: "Tests/ProgramRunning"),
    .testTarget(name: "ProgramTests", dependencies: ["ProgramRunning", "Expressions"], swiftSettings: tested),
    .testTarget(name: "TranscriptTests", dependencies: ["ProgramRunning"], swiftSettings: tested),
    .testTarget(name: "JudgeTests", dependencies: ["ProgramRunning", "Metrics", "Kernels"], swiftSettings: tested),
    tests(
      "Verbs",
      [
        "Interpreter", "Language", "Diagnostics", "Descriptions", "Display", "Engine", "Formats", "Learners",
        "Metrics", "Training", "Plan", "Expressions", "Tables", "Kernels", "CSQLite",
      ]),
    tests(
      "Interpreter",
      ["Language", "Diagnostics", "Descriptions", "Display", "Plan", "Scoring", "Expressions", "Tables", "Kernels"]),
    tests("Formats", ["Descriptions", "Tables", "Kernels", "Notation", "CVector", "CZstd"]),
    tests("Parquet", ["Formats", "Descriptions", "Tables", "Kernels", "Notation", "CZlib"]),
    tests("Arrow", ["Formats", "Descriptions", "Tables", "Kernels"]),
    tests("Spreadsheets", ["Formats", "Descriptions", "Tables", "Kernels", "Notation"]),
    tests("Databases", ["Formats", "Descriptions", "Tables", "Kernels", "Notation", "CSQLite", "ProgramRunning"]),
    tests("Registry", ["Packaging", "Plan", "Notation", "Kernels", "CSQLite", "ProgramRunning"]),
    tests("Web", ["Formats", "Tables", "Kernels", "CTransfer"]),
    tests("Tables", ["Kernels"]),
    tests("Storage", ["Tables", "Kernels"]),
    tests("Diagnostics", ["Notation"]),
    tests("Language", ["Diagnostics"]),
    tests("Display", ["Tables", "Notation"]),
    tests("Terminal", ["Display", "Kernels", "Notation"]),
    tests("Learners", ["Descriptions", "Plan", "Scoring", "Tables", "Kernels"]),
    tests("Metrics", ["Plan", "Kernels"]),
    tests(
      "Training",
      [
        "Explanation", "Packaging", "Learners", "Metrics", "Descriptions", "Plan", "Scoring", "Expressions", "Tables",
        "Kernels",
      ]),
    tests("Plan", ["Expressions", "Tables", "Kernels"]),
    tests("Engine", ["Plan", "Storage", "Expressions", "Tables", "Kernels"]),
    tests("Validation", ["Formats", "Plan", "Expressions", "Tables", "Kernels"]),
    tests("Relational", ["Engine", "Plan", "Expressions", "Tables", "Kernels"]),
    tests("Privacy", ["Plan", "Scoring", "Expressions", "Tables", "Kernels"]),
    tests("Synthesis", ["Engine", "Plan", "Expressions", "Tables", "Kernels", "Notation"]),
    tests("Notation", ["Kernels"]),
    tests("Kernels"),
    tests("Descriptions"),
    tests("Explanation", ["Training", "Learners", "Metrics", "Plan", "Scoring", "Tables", "Kernels"]),
    tests("Scoring", ["Expressions", "Tables", "Kernels"]),
    tests("Packaging", ["Plan", "Scoring", "Expressions", "Tables", "Kernels"]),
    tests("Caching", ["Packaging", "Display", "Tables", "Kernels"]),
    tests("Serving", ["Plan", "Scoring", "Expressions", "Display", "Tables", "Kernels", "Notation"]),
    tests("Expressions", ["Tables", "Kernels", "Notation"]),
    .testTarget(
      name: "PropertyTests",
      dependencies: [
        "Caching", "Verbs", "Interpreter", "Language", "Diagnostics", "Display", "Serving", "Packaging", "Engine",
        "Plan", "Scoring", "Expressions", "Tables", "Kernels", "Notation",
      ],
      swiftSettings: tested),
  ],
  swiftLanguageModes: [.v6]
)
