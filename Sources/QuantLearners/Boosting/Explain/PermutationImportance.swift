public import QuantCore

/// How much a metric loses when the values of a feature are shuffled among rows.
///
/// Source: L. Breiman, "Random forests", 2001; A. Fisher et al., "All models are wrong, but many are
/// useful", 2019.
public struct PermutationImportance: Hashable, Sendable {
  /// The column of the feature.
  public let feature: Int
  /// What each shuffle lost: positive where the metric got worse.
  public let losses: [Double]

  /// The mean loss.
  public var mean: Double { losses.span.exactMean }

  /// The standard deviation of the losses around their mean, divided by their number as in NumPy.
  public var standardDeviation: Double {
    let mean = mean
    let squares = losses.map { ($0 - mean) * ($0 - mean) }
    return squares.span.exactMean.squareRoot()
  }
}

/// How features are shuffled.
public struct PermutationPlan: Hashable, Sendable {
  /// Columns to shuffle, or `nil` for all.
  public var features: [Int]?
  /// Shuffles of each feature; at least 1.
  public var repeats: Int
  /// Decides the shuffles, with the keys of the rows, the feature's name and the number of the repeat.
  public var seed: UInt64

  /// Creates a plan.
  public init(features: [Int]? = nil, repeats: Int = 5, seed: UInt64 = 0) {
    precondition(repeats >= 1, "no repeats")
    self.features = features
    self.repeats = repeats
    self.seed = seed
  }
}

extension Predictor {
  /// What a metric of the raw scores loses by shuffles of each feature.
  ///
  /// Shuffles are a function of keys: neither threads nor the order of rows or columns change which row
  /// gets the value of which other one. Rows of equal keys are told apart by their order.
  ///
  /// ```swift
  /// let losses = model.permutationImportance(
  ///   features, rows: rows, keys: keys, names: names, isLargerBetter: false, threads: 2
  /// ) { scores in meanLoss(scores, labels) }
  /// ```
  ///
  /// - Parameters:
  ///   - features: the matrix that the model predicts from.
  ///   - rows: rows of the matrix; at least one.
  ///   - keys: for each of `rows` what identifies it.
  ///   - names: the names of the columns.
  ///   - plan: which columns are shuffled, and how often.
  ///   - isLargerBetter: whether a larger value of the metric is a better one.
  ///   - threads: threads to use; values do not depend on it.
  ///   - metric: a number for the raw scores of `rows`, in their order.
  /// - Returns: one importance for each column, in the order of the plan.
  /// - Complexity: (1 + features x repeats) predictions, and as many sorts of the rows.
  public func permutationImportance(
    _ features: FeatureMatrix, rows: [Int32], keys: [UInt64], names: [String],
    plan: PermutationPlan = PermutationPlan(), isLargerBetter: Bool, threads: Int = 1,
    metric: @Sendable (Span<Double>) -> Double
  ) -> [PermutationImportance] {
    precondition(!rows.isEmpty && keys.count == rows.count && names.count == features.columnCount)
    @Sendable func value(_ features: FeatureMatrix) -> Double {
      let scores = [Double](capacity: rows.count) { scores in
        predictRaw(features, rows: rows.span, into: &scores)
      }
      return metric(scores.span)
    }
    let columns = plan.features ?? Array(0..<features.columnCount)
    let shuffle = RowShuffle(keys)
    let base = value(features)
    let losses = ParallelFor.map(count: columns.count * plan.repeats, threads: threads) { index in
      let (place, number) = index.quotientAndRemainder(dividingBy: plan.repeats)
      let column = columns[place]
      let stream = CounterStream(
        seed: plan.seed, 0x7065_726D, XXH64.hash(Array(names[column].utf8).span.numberBytes),
        UInt64(number))
      let changed = value(
        features.replacing(
          column: column, with: shuffle.values(features.column(column), rows, stream)))
      return isLargerBetter ? base - changed : changed - base
    }
    return columns.enumerated().map { place, column in
      let first = place * plan.repeats
      return PermutationImportance(
        feature: column, losses: Array(losses[first..<first + plan.repeats]))
    }
  }
}

/// Gives rows the values of other rows, by their keys.
struct RowShuffle: Sendable {
  private let keys: [UInt64]
  /// Places of the rows in ascending order of their keys.
  private let order: [Int]

  init(_ keys: [UInt64]) {
    self.keys = keys
    order = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
  }

  /// For each row the place of the row whose value it gets.
  func sources(_ stream: CounterStream) -> [Int] {
    let bits = keys.map { stream.bits($0) }
    let drawn = order.indices.sorted { (bits[order[$0]], $0) < (bits[order[$1]], $1) }
    var sources = [Int](repeating: 0, count: keys.count)
    for (place, other) in zip(order, drawn) { sources[place] = order[other] }
    return sources
  }

  /// A column in which the given rows have each other's values.
  func values(_ column: Span<Float>, _ rows: [Int32], _ stream: CounterStream) -> [Float] {
    var values = column.indices.map { column[$0] }
    for (place, source) in sources(stream).enumerated() {
      values[Int(rows[place])] = column[Int(rows[source])]
    }
    return values
  }
}

extension Span<Double> {
  /// The exactly rounded sum over the number of values.
  fileprivate var exactMean: Double { ExactSum(self).value / Double(count) }
}
