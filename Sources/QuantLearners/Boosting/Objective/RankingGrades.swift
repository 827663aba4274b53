internal import QuantCore

/// Labels of ranking objectives and metrics: whole grades from 0, where more is better.
///
/// A grade l has the gain 2^l - 1, so a label of 1 among labels of 0 has gain 1 (Burges et al., 2005).
enum RankingGrades {
  /// The highest grade, the highest that LightGBM knows too.
  static let highest = 30

  /// What a row of a grade is worth at the first rank.
  static func gain(_ label: Float) -> Double { Double(1 << Int(label)) - 1 }

  /// Throws at the first label that is no grade.
  static func check(_ rows: TrainingSample.Rows) throws(LearnerError) {
    for (index, label) in rows.labels.enumerated() {
      guard label >= 0, label <= Float(highest), label.rounded(.towardZero) == label else {
        throw .invalid(
          what: "label", row: Int(rows.rows[index]), value: "\(label)",
          accepted: "a whole grade from 0 to \(highest)")
      }
    }
  }

  /// Throws where no group has two different labels, so that no pair can be put into order.
  static func checkPairs(_ rows: TrainingSample.Rows) throws(LearnerError) {
    try SampleCheck.differing(rows)
    guard !rows.groups.isEmpty else { return }
    var first: [Int32: Float] = [:]
    for (group, label) in zip(rows.groups, rows.labels) {
      if first[group, default: label] != label { return }
      first[group] = label
    }
    throw .configuration(
      ConfigurationError(
        parameter: "groups", value: "\(first.count), each with one label alone",
        accepted: "a group whose labels differ"))
  }
}
