import QuantCore
import Synchronization
import Testing

@testable import QuantLearners

#if canImport(Glibc)
  import Glibc
#endif

/// Random models and rows of every kind, as many as `QUANT_RANDOM_PREDICTIONS` says: for sanitizers.
@Suite("Random predictions")
struct RandomPredictionTests {
  private static let rows = 1_000

  /// The number of predictions that is asked for.
  private var wanted: Int {
    let text = unsafe getenv("QUANT_RANDOM_PREDICTIONS").map { unsafe String(cString: $0) }
    return text.flatMap { Int($0) } ?? 100_000
  }

  private func model(_ source: inout RandomTrees, _ number: Int) -> TreeEnsemble {
    source.kinds.categories = number % 3 == 0 ? 0.3 : 0
    source.kinds.zeroMissing = number % 4 == 1 ? 0.3 : 0
    source.kinds.isExtreme = number % 2 == 1
    var rule = ScoreRule(start: 0.1, link: .identity)
    rule.isAveraged = number % 7 == 2
    rule.isSinglePrecision = number % 7 == 4
    let shape = RandomTrees.Shape.allCases[number % 5]
    let leaves = number % 40 == 0 ? 1...1_500 : number % 10 == 0 ? 1...300 : 1...40
    return source.model(
      trees: 1 + source.below(number % 40 == 0 ? 3 : 12), leaves: leaves, shape: shape, rule: rule)
  }

  @Test("Every way to predict gives the bits of the reference")
  func predictions() {
    let count = max(1, wanted / Self.rows)
    let done = Atomic<Int>(0)
    ParallelFor.run(count: count, threads: 2) { number in
      var source = RandomTrees(seed: UInt64(number), features: 1 + number % 23)
      let model = model(&source, number)
      let columns = source.columns(rows: Self.rows)
      let rows = (0..<Self.rows).map { number % 2 == 0 ? Int32($0) : Int32(source.below($0 + 1)) }
      let scores = model.scores(FeatureMatrix(columns: columns), rows)
      var byRow: [Float] = []
      for row in rows { byRow += columns.map { $0[Int(row)] } }
      let matrix = FeatureRows(
        ArrayFile(byRow), rowCount: rows.count, columnCount: columns.count)
      let other = [Double](capacity: rows.count) { output in
        model.predictRaw(matrix, rows: 0..<rows.count, into: &output)
      }
      var wrong = 0
      for (index, row) in rows.enumerated() {
        let values = byRow.span.extracting(index * columns.count..<(index + 1) * columns.count)
        let single = model.score(of: values)
        // The reference is slow: one row of five.
        let expected = index % 5 == 0 ? model.referenceScore { columns[$0][Int(row)] } : single
        let bits = expected.bitPattern
        if scores[index].bitPattern != bits || other[index].bitPattern != bits
          || single.bitPattern != bits
        {
          wrong += 1
        }
      }
      #expect(wrong == 0, "model \(number): \(wrong) rows")
      done.add(rows.count, ordering: .relaxed)
    }
    #expect(done.load(ordering: .relaxed) == count * Self.rows)
  }
}
