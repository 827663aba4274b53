internal import QuantCore

// What the mode and the row selection of a configuration stand for, and what cannot go together.
extension BoostingConfiguration {
  /// How the trees of a fit add up.
  func schedule(seed: UInt64, from start: BoostingStart) -> any BoostingSchedule {
    switch mode {
    case .gradient: GradientSchedule(learningRate: learningRate)
    case .dart:
      DartSchedule(
        self, seed: seed, trees: start.model?.trees.count ?? 0, fixed: start.fixedTrees)
    case .randomForest: ForestSchedule(score: start.score)
    }
  }

  /// How the rows of its trees are drawn.
  ///
  /// - Parameters:
  ///   - parts: the ranges of rows that threads share.
  func rowSampling(
    seed: UInt64, keys: RowKeys, labels: [Float], parts: [Range<Int>]
  ) -> any RowSampling {
    switch rowSelection {
    case .gradient:
      // The first trees see all rows, as in LightGBM, until scores tell rows apart. Those of a forest
      // never do.
      return GradientRows(
        seed: seed, keys: keys, top: topFraction, other: otherFraction,
        firstTree: mode == .randomForest ? 0 : Int(min(1 / learningRate, 1e9)), parts: parts)
    case .uniform:
      if rowFrequency == 0 { return EveryRow() }
      if hasClassFractions {
        return DrawnRows(
          seed: seed, keys: keys,
          shares: .byLabel(labels, events: positiveRowFraction, others: negativeRowFraction),
          frequency: rowFrequency)
      }
      if rowFraction == 1 { return EveryRow() }
      return DrawnRows(
        seed: seed, keys: keys, shares: .all(rowFraction), frequency: rowFrequency)
    }
  }

  /// Whether events and other rows are drawn with shares of their own.
  private var hasClassFractions: Bool { positiveRowFraction < 1 || negativeRowFraction < 1 }

  /// The first mode or row selection that cannot work with the other parameters.
  func modeError() -> ConfigurationError? {
    if hasClassFractions, let error = classFractionError() { return error }
    if rowSelection == .gradient, let error = gradientRowsError() { return error }
    let isDrawn = rowFrequency > 0 && (rowFraction < 1 || hasClassFractions)
    if mode == .randomForest, rowSelection == .uniform, !isDrawn, featureFraction == 1 {
      return ConfigurationError(
        parameter: "mode", value: "rf with all rows and features for every tree",
        accepted: "rowFraction below 1 with rowFrequency above 0, or featureFraction below 1")
    }
    return nil
  }

  private func classFractionError() -> ConfigurationError? {
    let (name, share) =
      positiveRowFraction < 1
      ? ("positiveRowFraction", positiveRowFraction)
      : ("negativeRowFraction", negativeRowFraction)
    func error(_ reason: String, _ accepted: String) -> ConfigurationError {
      ConfigurationError(parameter: name, value: "\(share) \(reason)", accepted: accepted)
    }
    if objective != .binary {
      return error("with objective \(objective.rawValue)", "objective binary, or a share of 1")
    }
    if rowFraction < 1 {
      return error("with rowFraction \(rowFraction)", "rowFraction 1, or a share of 1")
    }
    if rowSelection == .gradient {
      return error("with rowSelection goss", "rowSelection bagging, or a share of 1")
    }
    return nil
  }

  private func gradientRowsError() -> ConfigurationError? {
    func error(_ name: String, _ value: String, _ accepted: String) -> ConfigurationError {
      ConfigurationError(
        parameter: name, value: "\(value) with rowSelection goss", accepted: accepted)
    }
    if topFraction == 0 { return error("topFraction", "0", "above 0") }
    if otherFraction == 0 { return error("otherFraction", "0", "above 0") }
    // Sums such as 0.9 + 0.1 may exceed 1 by rounding.
    if topFraction + otherFraction > 1 + 0x1p-50 {
      return error(
        "otherFraction", "\(otherFraction) beside topFraction \(topFraction)",
        "at most 1 together")
    }
    if rowFraction < 1 && rowFrequency > 0 {
      return error("rowFraction", "\(rowFraction)", "1, or rowFrequency 0")
    }
    return nil
  }
}
