import QuantCore
import QuantTestSupport
import Testing

@testable import QuantLearners

/// Models that LightGBM and XGBoost made; `make_models.py` made the files and what they predict.
@Suite("Models of LightGBM and XGBoost")
struct ForeignModelTests {
  private static let names = [
    "lightgbm-binary.txt", "lightgbm-zero.txt", "lightgbm-none.txt", "lightgbm-dart.txt",
    "lightgbm-forest.txt", "xgboost-logistic.json", "xgboost-logistic.ubj", "xgboost-dart.ubj",
    "xgboost-pruned.json",
  ]

  private func expectation(_ name: String) throws -> (rows: FeatureMatrix, scores: [UInt64]) {
    let document = try JSONFixture(path: FixtureFile.path("interchange/models.json")).member(name)
    let bits = try document.member("rows").list.map {
      Float(bitPattern: try #require(UInt32(try $0.text(), radix: 16)))
    }
    let scores = try document.member("scores").list.map {
      try #require(UInt64(try $0.text(), radix: 16))
    }
    let columns = bits.count / scores.count
    let rows = FeatureMatrix(
      columns: (0..<columns).map { column in
        scores.indices.map { bits[$0 * columns + column] }
      })
    return (rows, scores)
  }

  @Test("Raw scores are theirs to the bit", arguments: names)
  func scores(name: String) throws {
    let model = try TreeEnsemble(contentsOf: FixtureFile.path("interchange/" + name))
    let (rows, scores) = try expectation(name)
    #expect(Set(scores).count > 2)
    #expect(model.scores(rows).map(\.bitPattern) == scores)
  }

  @Test("The own format keeps all of a foreign model", arguments: names)
  func own(name: String) throws {
    let model = try ModelProbe.model(ModelProbe.fixture(name))
    let again = try TreeEnsemble(fileBytes: model.fileBytes, path: "m")
    #expect(again == model && again.fileBytes == model.fileBytes)
    #expect(again.probeScores().map(\.bitPattern) == model.probeScores().map(\.bitPattern))
  }

  @Test("JSON and UBJSON of one model are one model")
  func twins() throws {
    #expect(
      try ModelProbe.model(ModelProbe.fixture("xgboost-logistic.json"))
        == ModelProbe.model(ModelProbe.fixture("xgboost-logistic.ubj")))
  }

  @Test("Links, rules and names are read")
  func rules() throws {
    func model(_ name: String) throws -> TreeEnsemble {
      try ModelProbe.model(ModelProbe.fixture(name))
    }
    #expect(try model("lightgbm-binary.txt").rule.link == .logistic(slope: 0.7))
    #expect(try model("lightgbm-binary.txt").objective == .binary)
    #expect(try model("lightgbm-none.txt").objective == .quantile)
    #expect(try model("lightgbm-dart.txt").rule.link == .exponential)
    #expect(try model("lightgbm-forest.txt").rule.isAveraged)
    #expect(try model("xgboost-pruned.json").rule.link == .exponential)
    let logistic = try model("xgboost-logistic.json")
    #expect(logistic.rule.isSinglePrecision && logistic.featureNames == ["f0", "f1", "f2", "f3"])
    // log(0.3 / 0.7), as single precision gives it.
    #expect(abs(logistic.startScore + 0.8472979) < 1e-6)
  }

  @Test("What LightGBM counts of nodes is read")
  func statistics() throws {
    let model = try ModelProbe.model(ModelProbe.fixture("lightgbm-zero.txt"))
    let tree = try #require(model.trees.first)
    #expect(tree.splits.first?.count == 400)
    #expect(tree.leaves.reduce(0) { $0 + $1.count } == 400)
    #expect(tree.splits.allSatisfy { $0.gain > 0 && $0.weight > 0 && $0.isZeroMissing })
  }

  @Test(
    "A model of LightGBM that is written again is read as the same trees",
    arguments: names.prefix(5))
  func again(name: String) throws {
    let model = try ModelProbe.model(ModelProbe.fixture(name))
    let again = try TreeEnsemble(lightGBMText: model.lightGBMText, path: "m")
    #expect(again.rule == model.rule && again.trees == model.trees)
  }
}
