internal import QuantCore

/// What a boosted ensemble minimises: a loss of score and label with two derivatives.
///
/// Derivatives are those of weight x loss by the score. They are computed row by row from additions,
/// products, quotients and functions of this package, so that no bit depends on threads or machine.
protocol BoostingObjective: Sendable {
  /// Throws at the first row whose label or weight is not usable, or where nothing can be learned.
  func check(_ rows: TrainingSample.Rows, window: Range<Int>, isFit: Bool) throws(LearnerError)

  /// The constant score from which the first tree starts.
  func startScore(_ rows: TrainingSample.Rows) -> Double

  /// Writes the first and second derivatives of each row; all spans have one length.
  func derivatives(
    scores: Span<Double>, labels: Span<Float>, weights: Span<Float>,
    gradients: inout MutableSpan<Float>, hessians: inout MutableSpan<Float>)

  /// The loss of one row of weight 1.
  func loss(score: Double, label: Float) -> Double

  /// The probability, or for a regression the value cut to [0, 1], that belongs to a score.
  func probability(raw: Double) -> Double
}

extension BoostingObjectiveName {
  /// The objective of this name.
  var objective: any BoostingObjective {
    switch self {
    case .binary: BinaryLogLoss()
    case .regression: SquaredError()
    }
  }
}

/// Log loss of a label in {0, 1} under the logistic of the score.
struct BinaryLogLoss: BoostingObjective {
  func check(
    _ rows: TrainingSample.Rows, window: Range<Int>, isFit: Bool
  ) throws(LearnerError) {
    if isFit {
      try SampleCheck.fit(rows, window: window)
    } else {
      try SampleCheck.rows(rows, window: window)
    }
  }

  /// The log odds of the weighted share of events.
  func startScore(_ rows: TrainingSample.Rows) -> Double {
    var (events, others) = (ExactSum(), ExactSum())
    for (label, weight) in zip(rows.labels, rows.weights) {
      if label == 1 { events.add(Double(weight)) } else { others.add(Double(weight)) }
    }
    return Elementary.log(events.value / others.value)
  }

  func derivatives(
    scores: Span<Double>, labels: Span<Float>, weights: Span<Float>,
    gradients: inout MutableSpan<Float>, hessians: inout MutableSpan<Float>
  ) {
    logisticDerivatives(
      scores: scores, labels: labels, weights: weights, gradients: &gradients,
      hessians: &hessians)
  }

  func loss(score: Double, label: Float) -> Double {
    // log(1 + e^s) for a non-event, log(1 + e^-s) for an event.
    Elementary.softplus(label == 1 ? -score : score)
  }

  func probability(raw: Double) -> Double {
    min(max(Elementary.logistic(raw), .leastNormalMagnitude), 1 - 0x1p-53)
  }
}

/// Half the squared error of the score.
struct SquaredError: BoostingObjective {
  func check(
    _ rows: TrainingSample.Rows, window: Range<Int>, isFit: Bool
  ) throws(LearnerError) {
    guard !rows.rows.isEmpty || !isFit else { throw .empty("a sample of 0 fit rows") }
    try SampleCheck.places(rows, window: window)
    for (index, label) in rows.labels.enumerated() where !label.isFinite {
      throw .invalid(
        what: "label", row: Int(rows.rows[index]), value: "\(label)", accepted: "a finite number")
    }
    if isFit, rows.labels.allSatisfy({ $0 == rows.labels[0] }) {
      throw .oneClass(positives: rows.positiveCount, rows: rows.rows.count)
    }
  }

  /// The weighted mean of the labels.
  func startScore(_ rows: TrainingSample.Rows) -> Double {
    var (sum, total) = (ExactSum(), ExactSum())
    for (label, weight) in zip(rows.labels, rows.weights) {
      sum.add(Double(label) * Double(weight))
      total.add(Double(weight))
    }
    return sum.value / total.value
  }

  func derivatives(
    scores: Span<Double>, labels: Span<Float>, weights: Span<Float>,
    gradients: inout MutableSpan<Float>, hessians: inout MutableSpan<Float>
  ) {
    for row in scores.indices {
      let weight = Double(weights[row])
      gradients[row] = Float(weight * (scores[row] - Double(labels[row])))
      hessians[row] = weights[row]
    }
  }

  func loss(score: Double, label: Float) -> Double {
    let error = score - Double(label)
    return 0.5 * error * error
  }

  func probability(raw: Double) -> Double { min(max(raw, 0), 1) }
}
