internal import QuantCore

/// Checks of a training sample that learners share.
enum SampleCheck {
  /// Throws unless the rows can fit a model of two classes.
  static func fit(
    _ rows: TrainingSample.Rows, window: Range<Int>
  ) throws(LearnerError) {
    try filled(rows)
    try SampleCheck.rows(rows, window: window)
    try differing(rows)
  }

  /// Throws unless the window of stop rows has the columns of the window that was prepared.
  static func stopWindow(
    _ other: TrainingWindow?, prepared: TrainingWindow
  ) throws(LearnerError) {
    guard let other, other.featureNames != prepared.featureNames else { return }
    throw .configuration(
      ConfigurationError(
        parameter: "stopWindow", value: "a window of other columns",
        accepted: "the columns of the prepared window, in the same order"))
  }

  /// Throws at the first row that lies outside of the window or has an unusable label or weight.
  static func rows(
    _ rows: TrainingSample.Rows, window: Range<Int>
  ) throws(LearnerError) {
    try places(rows, window: window)
    try classes(rows)
  }

  /// Throws where there are no rows.
  static func filled(_ rows: TrainingSample.Rows) throws(LearnerError) {
    guard !rows.rows.isEmpty else { throw .empty("a sample of 0 fit rows") }
  }

  /// Throws at the first row that lies outside of the window or has an unusable weight, and where
  /// there is not one label, weight and group a row.
  static func places(
    _ rows: TrainingSample.Rows, window: Range<Int>
  ) throws(LearnerError) {
    try count(rows, rows.labels.count, "labels")
    try count(rows, rows.weights.count, "weights")
    if !rows.groups.isEmpty { try count(rows, rows.groups.count, "groups") }
    for (index, row) in rows.rows.enumerated() {
      let weight = rows.weights[index]
      guard window.contains(Int(row)) else {
        throw .invalid(
          what: "place", row: Int(row), value: "outside of the window",
          accepted: "rows \(window.lowerBound)..<\(window.upperBound)")
      }
      guard weight > 0, weight.isFinite else {
        throw .invalid(
          what: "weight", row: Int(row), value: "\(weight)",
          accepted: "a finite number above 0")
      }
    }
  }

  /// Throws at the first label that is neither 0 nor 1.
  static func classes(_ rows: TrainingSample.Rows) throws(LearnerError) {
    for (index, label) in rows.labels.enumerated() where label != 0 && label != 1 {
      throw .invalid(
        what: "label", row: Int(rows.rows[index]), value: "\(label)", accepted: "0 or 1")
    }
  }

  /// Throws at the first label that is infinite or NaN.
  static func finite(_ rows: TrainingSample.Rows) throws(LearnerError) {
    for (index, label) in rows.labels.enumerated() where !label.isFinite {
      throw .invalid(
        what: "label", row: Int(rows.rows[index]), value: "\(label)", accepted: "a finite number")
    }
  }

  /// Throws where all labels agree.
  static func differing(_ rows: TrainingSample.Rows) throws(LearnerError) {
    if rows.labels.allSatisfy({ $0 == rows.labels[0] }) {
      throw .oneClass(positives: rows.positiveCount, rows: rows.rows.count)
    }
  }

  private static func count(
    _ rows: TrainingSample.Rows, _ count: Int, _ name: String
  ) throws(LearnerError) {
    if count == rows.rows.count { return }
    throw .configuration(
      ConfigurationError(
        parameter: name, value: "\(count) for \(rows.rows.count) rows", accepted: "one a row"))
  }
}
