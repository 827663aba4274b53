// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nothing of it is built or shipped with the libraries.
let package = Package(
  name: "quant-benchmarks",
  dependencies: [.package(name: "quant", path: "..")],
  targets: [
    .executableTarget(
      name: "core-bench", dependencies: [.product(name: "QuantCore", package: "quant")])
  ]
)
