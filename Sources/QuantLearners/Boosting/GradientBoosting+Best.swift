public import QuantCore

extension GradientBoosting {
  /// Fits until the stop rows say so, and returns the model of the best iteration as it was then.
  ///
  /// - Parameters:
  ///   - prepared: what `prepare` returned for the window.
  ///   - sample: fit rows and stop rows.
  ///   - configuration: the hyper-parameters.
  ///   - budget: the most trees, and the trees without a lower stop loss after which a fit ends.
  ///   - seed: decides every random choice of the fit.
  ///   - threads: threads to use; the model does not depend on it.
  ///   - continuing: a model to go on from, or `nil`.
  /// - Throws: as `fit`; `LearnerError.empty` without stop rows.
  public func fitBest(
    _ prepared: BinnedMatrix, _ sample: borrowing TrainingSample,
    configuration: BoostingConfiguration, budget: FitBudget, seed: UInt64, threads: Int,
    continuing: TreeEnsemble? = nil
  ) throws(LearnerError) -> BestFit {
    guard let stop = sample.stop, !stop.rows.isEmpty else {
      throw .empty("a sample of 0 stop rows, which find the best iteration")
    }
    var losses: [Double] = []
    var best = (loss: Double.infinity, iteration: 0, trees: [Tree]())
    let last = try run(
      prepared, sample, configuration: configuration, iterations: budget.maximumIterations,
      seed: seed, threads: threads, continuing: continuing
    ) { report, trees in
      let loss = report.stopLoss ?? .nan
      losses.append(loss)
      // Holding the trees costs nothing: those that change later are copied then.
      if loss < best.loss || best.iteration == 0 { best = (loss, report.iteration, trees) }
      return report.iteration - best.iteration >= budget.patience ? .stop : .proceed
    }
    return BestFit(
      model: TreeEnsemble(
        objective: last.objective, featureNames: last.featureNames, rule: last.rule,
        trees: best.trees),
      iteration: best.iteration, losses: losses)
  }
}

/// What stopping early found.
public struct BestFit: Sendable {
  /// The model of the best iteration, as it was then.
  public let model: TreeEnsemble
  /// The iteration with the lowest stop loss, the first of equal ones; counted from 1.
  public let iteration: Int
  /// The stop loss after each iteration that was run.
  public let losses: [Double]
}
