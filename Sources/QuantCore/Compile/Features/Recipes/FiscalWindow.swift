/// The last values of each row, and their statistics with missing values left out.
///
/// Sums run in Double from the newest value to the oldest, so a result is a function of the row alone.
struct FiscalWindow: Sendable {
  /// One array for each fiscal period, newest first; all of one length.
  let history: [[Float]]
  /// Results are NaN where fewer values are there.
  let minimum: Int

  /// Arithmetic mean.
  func mean(_ row: Int) -> Float {
    let sums = sums(row)
    guard sums.count >= max(1, minimum) else { return .nan }
    return Float(finiteOrMissing: sums.values / Double(sums.count))
  }

  /// Standard deviation with n - 1 in the denominator; NaN where there is one value.
  func standardDeviation(_ row: Int) -> Float {
    let sums = sums(row)
    guard sums.count >= max(2, minimum) else { return .nan }
    let mean = sums.values / Double(sums.count)
    var squares = 0.0
    for values in history where !values[row].isNaN {
      let deviation = Double(values[row]) - mean
      squares += deviation * deviation
    }
    return Float(finiteOrMissing: (squares / Double(sums.count - 1)).squareRoot())
  }

  /// Slope of the least-squares line through (fiscal period, value); NaN where there is one value.
  func slope(_ row: Int) -> Float {
    let sums = sums(row)
    guard sums.count >= max(2, minimum) else { return .nan }
    let mean = sums.values / Double(sums.count)
    let center = Double(sums.steps) / Double(sums.count)
    var products = 0.0
    var squares = 0.0
    for (step, values) in history.enumerated() where !values[row].isNaN {
      let time = center - Double(step)
      products += time * (Double(values[row]) - mean)
      squares += time * time
    }
    return Float(finiteOrMissing: products / squares)
  }

  private func sums(_ row: Int) -> (count: Int, steps: Int, values: Double) {
    var result = (count: 0, steps: 0, values: 0.0)
    for (step, values) in history.enumerated() where !values[row].isNaN {
      result.count += 1
      result.steps += step
      result.values += Double(values[row])
    }
    return result
  }
}
