public import QuantCore

/// Location and scale of every feature over the rows of a window: what `LogisticSGD` prepares.
///
/// Missing values (NaN) are left out of both, and later stand for the mean. A column that is constant
/// or has no value gets scale 0, so that it takes no part. Sums are exactly rounded: neither the order
/// of rows nor the number of threads changes a bit.
public struct FeatureScales: Sendable {
  /// The window that was looked at.
  public let window: TrainingWindow
  /// Mean of each column; 0 where it has no value.
  public let means: [Double]
  /// One over the population standard deviation of each column; 0 where it is constant or missing.
  public let inverseDeviations: [Double]
  /// Columns in ascending order of their names: the order of every sum over columns, so that the
  /// order of columns changes no bit either.
  public let order: [Int]

  /// Computes mean and standard deviation in two passes.
  ///
  /// - Throws: `LearnerError.invalid` for an infinite feature, `.empty` without rows or columns.
  /// - Complexity: O(rows x columns) on `threads` threads.
  init(_ window: TrainingWindow, threads: Int) throws(LearnerError) {
    guard !window.rows.isEmpty, !window.featureNames.isEmpty else {
      throw .empty(
        "a window of \(window.rows.count) rows and \(window.featureNames.count) features")
    }
    let scales = try ParallelFor.map(count: window.featureNames.count, threads: threads) {
      (column) throws(LearnerError) in
      try FeatureScales.scale(of: column, in: window)
    }
    self.window = window
    means = scales.map(\.mean)
    inverseDeviations = scales.map(\.inverse)
    order = FeatureScales.order(of: window.featureNames)
  }

  /// Places of names in ascending order of their UTF-8; equal names keep their order.
  static func order(of names: [String]) -> [Int] {
    names.indices.sorted { left, right in
      names[left].precedesByBytes(names[right])
        || (names[left] == names[right] && left < right)
    }
  }

  private static func scale(
    of column: Int, in window: TrainingWindow
  ) throws(LearnerError) -> (mean: Double, inverse: Double) {
    let values = window.features.column(column)
    var sum = ExactSum()
    var count = 0
    for row in window.rows where !values[row].isNaN {
      sum.add(Double(values[row]))
      count += 1
    }
    guard count > 0 else { return (0, 0) }
    let mean = sum.value / Double(count)
    guard mean.isFinite else {
      let row = window.rows.first { values[$0].isInfinite } ?? window.rows.lowerBound
      throw .invalid(
        what: "feature \(window.featureNames[column])", row: row, value: "\(values[row])",
        accepted: "a finite number, or NaN for missing")
    }
    var squares = ExactSum()
    for row in window.rows where !values[row].isNaN {
      let deviation = Double(values[row]) - mean
      squares.add(deviation * deviation)
    }
    let deviation = (squares.value / Double(count)).squareRoot()
    let inverse = 1 / deviation
    return (mean, deviation > 0 && inverse.isFinite ? inverse : 0)
  }
}
