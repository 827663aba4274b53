// swift-tools-version: 6.2
import PackageDescription

// One place for the settings of every Swift target.
//
// `Lifetimes` lets a type hand out a `Span` of memory that it owns; clients need no flag for it.
// Strict memory safety is an error, so that unsafe code cannot appear without the word `unsafe`.
// `unsafeFlags` are absent on purpose: with them the package could not be used as a versioned
// dependency.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatWarning("StrictMemorySafety", as: .error),
  .enableExperimentalFeature("Lifetimes"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InferIsolatedConformances"),
]

// The commit goes into manifests and `quant --version`. The Makefile gives it in QUANT_COMMIT.
// `Context.gitInformation` is not asked: SwiftPM evaluates a manifest once and keeps the answer, so
// after the next commit it would name the wrong one. One C file depends on it, so a new commit
// rebuilds next to nothing, and packages that depend on this one never see it.
let commit: String =
  (Context.environment["QUANT_COMMIT"] ?? "unknown").filter {
    $0.isLetter || $0.isNumber || $0 == "+"
  }

let package = Package(
  name: "quant",
  products: [
    .library(name: "QuantCore", targets: ["QuantCore"]),
    .library(name: "QuantLearners", targets: ["QuantLearners"]),
    .library(name: "QuantFormats", targets: ["QuantFormats"]),
    .executable(name: "quant", targets: ["quant"]),
  ],
  targets: [
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    .systemLibrary(name: "CSnappy", providers: [.apt(["libsnappy-dev"]), .brew(["snappy"])]),
    .target(name: "QuantCore"),
    .target(name: "QuantLearners", dependencies: ["QuantCore"]),
    .target(name: "QuantFormats", dependencies: ["QuantCore", "CZlib", "CZstd", "CSnappy"]),
    .target(name: "QuantDemonstration", dependencies: ["QuantCore"]),
    .target(
      name: "CQuantBuild",
      cSettings: [.define("QUANT_COMMIT", to: "\"\(commit)\"")]),
    .executableTarget(
      name: "quant",
      dependencies: [
        "QuantCore", "QuantLearners", "QuantFormats", "QuantDemonstration", "CQuantBuild",
      ]),
    .executableTarget(
      name: "OneQuarter", dependencies: ["QuantCore", "QuantLearners", "QuantDemonstration"],
      path: "Examples/OneQuarter"),
    .executableTarget(
      name: "CustomLearner", dependencies: ["QuantCore", "QuantLearners", "QuantDemonstration"],
      path: "Examples/CustomLearner"),
    .executableTarget(
      name: "CustomFeature", dependencies: ["QuantCore", "QuantDemonstration"],
      path: "Examples/CustomFeature"),
    .target(
      name: "QuantTestSupport", dependencies: ["QuantCore", "QuantLearners"],
      path: "Tests/QuantTestSupport"),
    .testTarget(
      name: "QuantCoreTests", dependencies: ["QuantCore", "QuantTestSupport"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "QuantLearnersTests", dependencies: ["QuantLearners", "QuantTestSupport"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "QuantFormatsTests", dependencies: ["QuantFormats", "QuantTestSupport"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "QuantCommandTests",
      dependencies: ["quant", "QuantCore", "QuantDemonstration", "QuantTestSupport"]),
    .testTarget(
      name: "QuantDemonstrationTests",
      dependencies: ["QuantDemonstration", "QuantCore", "QuantTestSupport"]),
    .testTarget(
      name: "QuantExampleTests",
      dependencies: [
        "OneQuarter", "CustomLearner", "CustomFeature", "QuantCore", "QuantTestSupport",
      ]),
  ]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = (target.swiftSettings ?? []) + settings
}
