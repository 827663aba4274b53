import QuantCore
import Testing

@testable import QuantLearners

/// Digests of models that may change only where numbers have to change, for a reason in the change log.
@Suite("Golden models of boosting")
struct GoldenModelTests {
  private typealias Golden = (name: String, digest: String, fit: () throws -> TreeEnsemble)

  private static let numbers: [(data: ExactnessData.Kind, name: String, digest: String)] = [
    (.binary, "plain", "4bbc9a5b945cf4b0"),
    (.binary, "63 bins", "745b702d471aae65"),
    (.binary, "both drawn", "973e6c4fae191386"),
    (.binary, "everything", "d791f4d1104d4b35"),
    (.heavyTail, "squared error", "27a58eda53dd6303"),
    (.heavyTail, "squared error, drawn", "a039546de2cab0ad"),
    (.missing, "half of rows", "65c66b3cecc094f8"),
    (.missing, "squared error, deep", "33aa5f4792c8f6ff"),
    (.weighted, "both drawn", "7d3f5dfcfdd73fb1"),
    (.weighted, "l1", "12d5342d404e87dd"),
    (.weighted, "squared error, drawn", "2f3ee7d935f722f9"),
  ]

  @Test("The bits of models of numbers do not move")
  func numbers() throws {
    try check(
      Self.numbers.map { item in
        (
          "\(item.data), \(item.name)", item.digest,
          {
            let known = ExactnessConfigurations.all.first { $0.name == item.name }
            let configuration = try #require(known?.configuration, "no configuration")
            return try ExactnessData(item.data).fit(configuration, threads: 2)
          }
        )
      })
  }

  @Test("Nor those of models of categories")
  func categories() throws {
    let data = CategoryData()
    try check([
      ("plain", "94c91cb72cce3ed8", { try data.fit(.with { _ in }, threads: 2) }),
      (
        "one against all", "db0292ff255baba",
        { try data.fit(.with { $0.oneHotCategories = 256 }, threads: 2) }
      ),
      (
        "small groups", "645188d8c1027993",
        {
          try data.fit(
            .with {
              ($0.minimumRowsInCategory, $0.categoryL2, $0.categorySmoothing) = (5, 1, 1)
              $0.maximumSplitCategories = 4
            }, threads: 2)
        }
      ),
      (
        "drawn", "ccc539332baf35fc",
        {
          try data.fit(
            .with {
              ($0.rowFraction, $0.featureFraction, $0.maximumBins) = (0.8, 0.7, 20)
              ($0.pathSmoothing, $0.nodeFeatureFraction) = (10, 0.6)
            }, threads: 2)
        }
      ),
    ])
  }

  private static let modes = [
    "dart": "5f87650c29c0706e", "dart uniform": "544955af2f87c9d3", "goss": "e167eda6934bb17a",
    "forest": "5a646da17b7ab9bd", "classes": "d43aa36566e25ffb", "dart goss": "fec15ff5dc9d588e",
    "forest goss": "8f11b2eab3a4a887",
  ]

  @Test("Nor those of other modes and row selections")
  func modes() throws {
    let data = ExactnessData(.weighted)
    let cases = BoostingModeCase.lawful.filter { Self.modes[$0.description] != nil }
    #expect(cases.count == Self.modes.count)
    try check(
      cases.map { item in
        let digest = Self.modes[item.description] ?? ""
        return (item.description, digest, { try data.fit(item.configuration, threads: 2) })
      })
  }

  @Test("Nor those of ranking and quantiles")
  func objectives() throws {
    let data = ObjectiveData()
    func fit(
      _ labels: [Float], _ change: (inout BoostingConfiguration) -> Void
    ) throws -> TreeEnsemble {
      try data.fit(
        .with(change), TrainingSample(fit: data.sample(labels, 0..<ObjectiveData.rows)),
        threads: 2)
    }
    try check([
      ("lambdarank", "e21a6251a55aad67", { try fit(data.grades) { $0.objective = .lambdaRank } }),
      (
        "lambdarank, short", "689e2002cfba9fdc",
        {
          try fit(data.grades) {
            ($0.objective, $0.rankingCutoff, $0.isRankingNormalized) = (.lambdaRank, 5, false)
          }
        }
      ),
      ("pairwise", "2218f7420f0865a3", { try fit(data.grades) { $0.objective = .pairwise } }),
      ("quantile", "2960c342932c325f", { try fit(data.labels) { $0.objective = .quantile } }),
    ])
  }

  private func check(_ models: [Golden]) throws {
    var lines: [String] = []
    var isEqual = true
    for model in models {
      let found = try model.fit().digest()
      lines.append("\(model.name): \(found)")
      isEqual = isEqual && found == model.digest
    }
    #expect(isEqual, "these are found:\n\(lines.joined(separator: "\n"))")
  }
}
