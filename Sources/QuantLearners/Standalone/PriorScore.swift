internal import QuantCore

/// Scores of models that know nothing but the labels.
enum PriorScore {
  /// How near a share comes to 0 and 1.
  static let margin = 1e-15

  /// The log odds of the weighted share of events, which keeps a distance from 0 and 1.
  static func logOdds(_ rows: TrainingSample.Rows) -> Double {
    var (events, all) = (ExactSum(), ExactSum())
    for (label, weight) in zip(rows.labels, rows.weights) {
      if label == 1 { events.add(Double(weight)) }
      all.add(Double(weight))
    }
    let share = min(max(events.value / all.value, margin), 1 - margin)
    return Elementary.log(share / (1 - share))
  }
}
