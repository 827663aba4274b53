internal import QuantCore

/// Checks of a training sample that learners share.
enum SampleCheck {
  /// Throws unless the rows can fit a model of two classes.
  static func fit(
    _ rows: TrainingSample.Rows, window: Range<Int>
  ) throws(LearnerError) {
    guard !rows.rows.isEmpty else { throw .empty("a sample of 0 fit rows") }
    try SampleCheck.rows(rows, window: window)
    let positives = rows.positiveCount
    guard positives > 0, positives < rows.rows.count else {
      throw .oneClass(positives: positives, rows: rows.rows.count)
    }
  }

  /// Throws at the first row that lies outside of the window or has an unusable label or weight.
  static func rows(
    _ rows: TrainingSample.Rows, window: Range<Int>
  ) throws(LearnerError) {
    try places(rows, window: window)
    for (index, label) in rows.labels.enumerated() where label != 0 && label != 1 {
      throw .invalid(
        what: "label", row: Int(rows.rows[index]), value: "\(label)", accepted: "0 or 1")
    }
  }

  /// Throws at the first row that lies outside of the window or has an unusable weight.
  static func places(
    _ rows: TrainingSample.Rows, window: Range<Int>
  ) throws(LearnerError) {
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
}
