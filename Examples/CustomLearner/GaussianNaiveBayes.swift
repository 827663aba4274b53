import QuantCore

/// Gaussian naive Bayes: within each class every feature is normal and independent of the others.
///
/// The raw score is the log odds of an event. A missing value says nothing, so it adds nothing. There
/// is nothing to iterate: a fit takes one iteration.
///
/// Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", section 6.6.3.
struct GaussianNaiveBayes: Learner {
  static let identifier = "gaussianNaiveBayes"

  struct Configuration: LearnerConfiguration {
    /// Added to every variance, as a fraction of the largest variance of all features.
    var smoothing = 1e-9

    init() {}

    init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
      smoothing = try reader.number(
        "smoothing", default: 1e-9, "fraction of the largest variance added to all",
        accepted: "x ≥ 0 and finite"
      ) { $0 >= 0 && $0.isFinite }
    }

    static var defaultBudget: FitBudget { FitBudget(maximumIterations: 1, patience: 1) }
  }

  /// Nothing is shared between fits but the features themselves.
  func prepare(_ window: TrainingWindow, threads: Int) throws(LearnerError) -> TrainingWindow {
    window
  }

  func fit(
    _ window: TrainingWindow, _ sample: borrowing TrainingSample, configuration: Configuration,
    iterations: Int, seed: UInt64, threads: Int, continuing: GaussianNaiveBayesModel?,
    onIteration: (IterationReport) -> FitDecision
  ) throws(LearnerError) -> GaussianNaiveBayesModel {
    let rows = sample.fit
    try check(rows)
    var classes: [(weight: Double, features: [ClassMoments])] = []
    for label in [Float(0), 1] {
      let members = rows.rows.indices.filter { rows.labels[$0] == label }
      let weight = ExactSum.of(members.map { Double(rows.weights[$0]) })
      let moments = (0..<window.features.columnCount).map { column in
        ClassMoments(
          of: window.features.column(column), rows: members.map { Int(rows.rows[$0]) },
          weights: members.map { Double(rows.weights[$0]) })
      }
      classes.append((weight, moments))
    }
    let widest = classes.flatMap { $0.features.map(\.variance) }.max() ?? 0
    let floor = max(configuration.smoothing * widest, .leastNormalMagnitude)
    let model = GaussianNaiveBayesModel(
      priorLogOdds: Elementary.log(classes[1].weight / classes[0].weight),
      features: zip(classes[0].features, classes[1].features).map {
        FeatureOdds(without: $0, with: $1, floor: floor)
      })
    _ = onIteration(
      IterationReport(
        iteration: 1,
        stopLoss: sample.stop.map {
          model.meanLoss(on: $0, in: window.features)
        }))
    return model
  }

  private func check(_ rows: TrainingSample.Rows) throws(LearnerError) {
    guard !rows.rows.isEmpty else { throw .empty("a sample of 0 fit rows") }
    for (index, row) in rows.rows.enumerated() {
      guard rows.labels[index] == 0 || rows.labels[index] == 1 else {
        throw .invalid(
          what: "label", row: Int(row), value: "\(rows.labels[index])", accepted: "0 or 1")
      }
      guard rows.weights[index] > 0, rows.weights[index].isFinite else {
        throw .invalid(
          what: "weight", row: Int(row), value: "\(rows.weights[index])",
          accepted: "a finite number above 0")
      }
    }
    guard rows.positiveCount > 0, rows.positiveCount < rows.rows.count else {
      throw .oneClass(positives: rows.positiveCount, rows: rows.rows.count)
    }
  }
}

/// Weighted mean and variance of one feature in one class, missing values left out.
struct ClassMoments {
  /// 0 where no value is known.
  var weight: Double
  var mean = 0.0
  var variance = 0.0

  /// Sums are exact, so the order of the rows does not matter.
  init(of column: Span<Float>, rows: [Int], weights: [Double]) {
    let known = rows.indices.filter { !column[rows[$0]].isNaN }
    weight = ExactSum.of(known.map { weights[$0] })
    guard weight > 0 else { return }
    mean = ExactSum.of(known.map { weights[$0] * Double(column[rows[$0]]) }) / weight
    let center = mean
    variance =
      ExactSum.of(
        known.map {
          let distance = Double(column[rows[$0]]) - center
          return weights[$0] * (distance * distance)
        }) / weight
  }
}

extension ExactSum {
  /// The exactly rounded sum of numbers.
  static func of(_ values: [Double]) -> Double { ExactSum(values.span).value }
}
