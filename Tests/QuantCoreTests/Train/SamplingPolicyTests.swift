import QuantCore
import QuantTestSupport
import Testing

@Suite("SamplingPolicy")
struct SamplingPolicyTests {
  private let horizon = Horizon(months: 3)

  private func sample(
    _ policy: SamplingPolicy, labels: [UInt8], keys: [UInt64], rows: [Int32]? = nil,
    repeatIndex: Int = 0
  ) -> (rows: TrainingSample.Rows, report: SamplingReport) {
    policy.sample(
      rows ?? labels.indices.map { Int32($0) }, labels: labels.span, rowKeys: keys.span,
      stream: SamplingPolicy.stream(
        seed: 7, period: Period(.quarterly, ordinal: 8060), horizon: horizon,
        repeatIndex: repeatIndex))
  }

  @Test("One event and four non-events at a ratio of two")
  func byHand() {
    let sampled = sample(
      SamplingPolicy(mode: .dev, negativesPerPositive: 2), labels: [0, 0, 1, 0, 0],
      keys: [1, 2, 3, 4, 5])
    #expect(sampled.rows.rows.count == 3)
    #expect(sampled.rows.rows.contains(2))
    #expect(sampled.rows.weights.sorted() == [1, 2, 2])
    #expect(sampled.report.inclusionProbability == 0.5)
    #expect(sampled.report.isSampled)
  }

  @Test("All events, the asked ratio, and the base rate restored", arguments: 0..<15)
  func laws(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let count = 3000
    let labels = (0..<count).map { _ in UInt8(random.unit() < 0.02 ? 1 : 0) }
    let keys = (0..<count).map { _ in random.next() }
    let events = labels.indices.filter { labels[$0] == 1 }.map { Int32($0) }
    let negatives = count - events.count
    var previous: Set<Int32> = []
    for ratio in [0.5, 3, 7, 10, 20, 1000] {
      let sampled = sample(
        SamplingPolicy(negativesPerPositive: ratio), labels: labels, keys: keys)
      let rows = sampled.rows
      #expect(rows.rows == rows.rows.sorted())
      #expect(rows.rows.filter { labels[Int($0)] == 1 } == events)
      let wanted = min(Double(negatives), ratio * Double(events.count))
      #expect(abs(Double(sampled.report.negativesKept) - wanted) <= 1)
      var sum = 0.0
      for (label, weight) in zip(rows.labels, rows.weights) where label == 0 {
        sum += Double(weight)
      }
      #expect(abs(sum / Double(negatives) - 1) < 1e-6, "seed \(seed), ratio \(ratio)")
      #expect(previous.isSubset(of: rows.rows), "seed \(seed): \(ratio) does not nest")
      previous = Set(rows.rows)
    }
    #expect(previous.count == count)
  }

  @Test("The sample follows row keys, not places")
  func keyed() {
    let count = 500
    let labels = (0..<count).map { UInt8($0 % 50 == 0 ? 1 : 0) }
    let keys = (0..<count).map { SplitMix64.mix(UInt64($0)) }
    var random = SplitMix64(seed: 3)
    let order = Array(0..<count).shuffled(using: &random)
    let plain = sample(SamplingPolicy(), labels: labels, keys: keys).rows.rows
    let moved = sample(
      SamplingPolicy(), labels: order.map { labels[$0] }, keys: order.map { keys[$0] }
    ).rows.rows
    #expect(Set(plain.map { keys[Int($0)] }) == Set(moved.map { keys[order[Int($0)]] }))
    let again = sample(SamplingPolicy(), labels: labels, keys: keys, repeatIndex: 1).rows.rows
    #expect(again != plain)
    #expect(
      sample(SamplingPolicy(mode: .none), labels: labels, keys: keys).rows.rows.count == count)
  }

  @Test("Modes and ratios of a configuration")
  func configuration() throws {
    func read(_ members: [String: JSONValue]) throws(ConfigurationError) -> SamplingPolicy {
      var reader = try ConfigurationReader(.object(members), path: "train.sampling")
      let policy = try SamplingPolicy(from: &reader)
      try reader.finish()
      return policy
    }
    #expect(try read([:]).ratio == 10)
    #expect(try read(["mode": .string("standard")]).ratio == 20)
    #expect(try read(["mode": .string("none")]).ratio == nil)
    #expect(try read(["negativesPerPositive": .integer(7)]).ratio == 7)
    #expect(throws: ConfigurationError.self) { try read(["mode": .string("devv")]) }
    #expect(throws: ConfigurationError.self) { try read(["negativesPerPositive": .integer(-1)]) }
    #expect(throws: ConfigurationError.self) {
      try read(["mode": .string("none"), "negativesPerPositive": .integer(5)])
    }
  }
}
