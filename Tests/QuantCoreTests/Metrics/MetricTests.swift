import QuantCore
import QuantTestSupport
import Testing

@Suite("Metrics")
struct MetricTests {
  @Test("Four rows, by hand")
  func byHand() throws {
    let ranked = try RankedLabels(scores: [0.9, 0.4, 0.4, 0.1], labels: [1, 1, 0, 0])
    #expect(ranked.order == [0, 1, 2, 3])
    #expect(ranked.tieEnds == [1, 3, 4])
    // Pairs: (0.9 over 0.4), (0.9 over 0.1), (0.4 over 0.1) right, (0.4, 0.4) tied: 3.5 of 4.
    #expect(ranked.areaUnderROC == .value(0.875))
    // Recall 1/2 at precision 1, then 1/2 more at precision 2/3.
    #expect(ranked.averagePrecision == .value((1 + 2.0 / 3 * 2 - 2.0 / 3) / 2))
    #expect(ranked.precision(at: 2) == .value(1))
    #expect(ranked.lift(at: 2) == .value(2))
    #expect(ranked.precision(at: 4) == .value(0.5))
    #expect(ranked.normalizedDiscountedCumulativeGain(at: 2) == .value(1))
    let brier = try ProbabilityMetrics.brierScore(probabilities: [0.5, 1], labels: [1, 1])
    #expect(brier == .value(0.125))
    let loss = try ProbabilityMetrics.logLoss(probabilities: [0.5, 0.5], labels: [1, 0])
    #expect(try abs(#require(loss.number) - 0.6931471805599453) < 1e-15)
    let certain = try ProbabilityMetrics.logLoss(probabilities: [0], labels: [1])
    #expect(try abs(#require(certain.number) - 36.04365338911715) < 1e-12)
  }

  @Test("Ties are broken by key, lowest first")
  func tiesByKey() throws {
    let ranked = try RankedLabels(
      scores: [1, 2, 1, 1], labels: [0, 0, 0, 1], keys: [30, 40, 10, 20])
    #expect(ranked.order == [1, 2, 3, 0])
    #expect(ranked.ranks == [4, 1, 2, 3])
    #expect(ranked.precision(at: 3) == .value(1.0 / 3))
    #expect(ranked.precision(at: 2) == .value(0))
  }

  @Test("Agreement with scikit-learn, SciPy and NumPy")
  func oracle() throws {
    // Both sides round: 1e-12 is some thousand units in the last place of a sum of 400 terms.
    let tolerance = 1e-12
    let document = try JSONFixture(path: FixtureFile.path("metrics/metrics.json"))
    let cases = try document.member("cases").list
    #expect(cases.count == 9)
    for item in cases {
      let name = try item.member("name").text()
      let probabilities = try item.member("probabilities").numbers()
      let labels = try item.member("labels").numbers().map { UInt8($0) }
      func expectEqual(_ found: MetricValue, _ expected: JSONFixture, _ what: String) throws {
        let (found, expected) = (found.number ?? .nan, try expected.number())
        #expect(abs(found - expected) < tolerance, "\(name): \(what) \(found) \(expected)")
      }
      let ranked = try RankedLabels(scores: probabilities, labels: labels)
      try expectEqual(ranked.areaUnderROC, item.member("auc"), "AUC")
      try expectEqual(ranked.averagePrecision, item.member("average_precision"), "AP")
      try expectEqual(
        ProbabilityMetrics.logLoss(probabilities: probabilities, labels: labels),
        item.member("log_loss"), "log loss")
      try expectEqual(
        ProbabilityMetrics.brierScore(probabilities: probabilities, labels: labels),
        item.member("brier"), "Brier")
      for (bins, expected) in try item.member("equal_width").members {
        let table = try ReliabilityTable(
          probabilities: probabilities, labels: labels, binning: .equalWidth,
          bins: #require(Int(bins)))
        try expectEqual(table.expectedCalibrationError, expected, "equal width \(bins)")
      }
      for (bins, expected) in item["equal_mass"]?.members ?? [] {
        let table = try ReliabilityTable(
          probabilities: probabilities, labels: labels, binning: .equalMass,
          bins: #require(Int(bins)))
        try expectEqual(table.expectedCalibrationError, expected, "equal mass \(bins)")
      }
      for (k, expected) in item["ndcg"]?.members ?? [] {
        try expectEqual(
          ranked.normalizedDiscountedCumulativeGain(at: #require(Int(k))), expected, "NDCG@\(k)")
      }
      for (k, expected) in item["precision"]?.members ?? [] {
        try expectEqual(ranked.precision(at: #require(Int(k))), expected, "precision@\(k)")
      }
      if let curve = item["curve"] {
        let table = try ReliabilityTable(
          probabilities: probabilities, labels: labels, binning: .equalWidth, bins: 5)
        let filled = table.bins.filter { $0.count > 0 }
        let predicted = try curve.member("predicted").list
        #expect(filled.count == predicted.count)
        for (bin, value) in zip(filled, predicted) {
          try expectEqual(bin.meanProbability, value, "curve")
        }
        for (bin, value) in zip(filled, try curve.member("observed").list) {
          try expectEqual(bin.eventRate, value, "curve")
        }
      }
    }
  }

  @Test("AUC equals the count over all pairs", arguments: 0..<20)
  func allPairs(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let count = 2 + Int(random.next() % 60)
    let scores = (0..<count).map { _ in Double(Int(random.next() % 12)) - 6 }
    let labels = (0..<count).map { $0 < 2 ? UInt8($0) : UInt8(random.next() % 2) }
    var (doubled, pairs) = (0, 0)
    for (a, label) in labels.enumerated() where label == 1 {
      for (b, other) in labels.enumerated() where other == 0 {
        pairs += 2
        doubled += scores[a] > scores[b] ? 2 : scores[a] == scores[b] ? 1 : 0
      }
    }
    let ranked = try RankedLabels(scores: scores, labels: labels)
    #expect(ranked.areaUnderROC == .value(Double(doubled) / Double(pairs)), "seed \(seed)")
    // A monotone map of scores changes nothing, the opposite order gives the complement.
    let mapped = try RankedLabels(scores: scores.map { $0 * $0 * $0 }, labels: labels)
    #expect(mapped.areaUnderROC == ranked.areaUnderROC)
    let turned = try RankedLabels(scores: scores.map { -$0 }, labels: labels)
    #expect(turned.areaUnderROC == .value(Double(pairs - doubled) / Double(pairs)))
  }

  @Test("The order of rows changes no bit", arguments: 0..<10)
  func permutation(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let count = 200
    let probabilities = (0..<count).map { _ in Double(random.next() % 50) / 50 }
    let labels = (0..<count).map { UInt8($0 % 7 == 0 ? 1 : 0) }
    let keys = (0..<count).map { _ in random.next() }
    let order = Array(0..<count).shuffled(using: &random)
    let all = try metrics(probabilities, labels, keys)
    let shuffled = try metrics(
      order.map { probabilities[$0] }, order.map { labels[$0] }, order.map { keys[$0] })
    #expect(all == shuffled, "seed \(seed)")
  }

  private func metrics(
    _ probabilities: [Double], _ labels: [UInt8], _ keys: [UInt64]
  ) throws -> TaskMetrics {
    try TaskMetrics(
      ranked: RankedLabels(scores: probabilities, labels: labels, keys: keys),
      probabilities: probabilities, labels: labels,
      reliability: (
        ReliabilityTable(
          probabilities: probabilities, labels: labels, binning: .equalWidth, bins: 10),
        ReliabilityTable(
          probabilities: probabilities, labels: labels, binning: .equalMass, bins: 10)
      ), topK: [1, 10, 50])
  }

  @Test("A probability on the edge of two bins is in the upper one", arguments: [7, 10, 49, 100])
  func edges(bins: Int) throws {
    // 0.29 x 100 is 28.999999999999996.
    let probabilities = (0..<bins).flatMap { bin in
      let edge = Double(bin) / Double(bins)
      return bin == 0 ? [edge] : [edge, edge.nextDown]
    }
    let table = try ReliabilityTable(
      probabilities: probabilities, labels: probabilities.map { _ in 0 }, binning: .equalWidth,
      bins: bins)
    #expect(table.bins.map(\.count) == (0..<bins).map { $0 < bins - 1 ? 2 : 1 })
  }

  @Test("One class and no rows are undefined with a reason, never NaN")
  func undefined() throws {
    for labels: [UInt8] in [[], [0, 0, 0], [1, 1]] {
      let probabilities = labels.map { _ in 0.25 }
      let all = try metrics(probabilities, labels, labels.indices.map { UInt64($0) })
      #expect(all.areaUnderROC.number == nil)
      #expect(all.areaUnderROC.reason?.isEmpty == false)
      if labels.isEmpty { #expect(all.logLoss == .undefined("no rows")) }
      #expect(all.topK[2].precision.reason?.contains("K is 50") == true)
      let text = try JSONValue(encoding: all).canonicalText
      #expect(!text.contains("nan"))
    }
    let none = try RankedLabels(scores: [1, 2], labels: [0, 0])
    #expect(none.averagePrecision.reason == "no events in 2 rows")
    #expect(none.lift(at: 1).reason != nil)
    #expect(none.precision(at: 1) == .value(0))
    #expect(none.precision(at: 0).reason == "K is 0, at least 1 is needed")
  }

  @Test("Unusable input is an error that names the row")
  func failures() {
    #expect(throws: MetricError.lengths(scores: 1, labels: 2, keys: nil)) {
      try RankedLabels(scores: [1], labels: [0, 1])
    }
    #expect(throws: MetricError.lengths(scores: 1, labels: 1, keys: 2)) {
      try RankedLabels(scores: [1], labels: [1], keys: [1, 2])
    }
    #expect(throws: MetricError.label(row: 1, value: 255)) {
      try RankedLabels(scores: [1, 2], labels: [0, 255])
    }
    // NaN is unequal to itself, so the error is looked at in parts.
    let error = #expect(throws: MetricError.self) {
      try RankedLabels(scores: [1, .nan], labels: [0, 1])
    }
    #expect(error?.description == "score of row 1 is nan; accepted: a number, not NaN")
    for bad in [-0.1, 1.5, .nan, .infinity] {
      let error = #expect(throws: MetricError.self) {
        try ProbabilityMetrics.logLoss(probabilities: [0.5, bad], labels: [0, 1])
      }
      #expect(error?.description.hasPrefix("probability of row 1 is ") == true)
    }
    #expect(throws: MetricError.parameter(name: "bins", value: 0, accepted: "at least 1")) {
      try ReliabilityTable(probabilities: [], labels: [], binning: .equalMass, bins: 0)
    }
  }

  @Test("Metric values survive JSON")
  func codable() throws {
    for value in [MetricValue.value(0.125), .undefined("one class: 0 events in 4 rows")] {
      let document = try JSONValue(encoding: [value])
      switch value {
      case .value(let number): #expect(document == .array([.number(number)]))
      case .undefined(let reason):
        #expect(document == .array([.object(["undefined": .string(reason)])]))
      }
    }
  }
}
