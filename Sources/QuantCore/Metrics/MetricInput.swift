/// Checks of metric inputs that all measures share.
package enum MetricInput {
  /// Throws at the first number that `accepts` does not hold for.
  package static func check(
    _ values: [Double], _ what: String, accepted: String, _ accepts: (Double) -> Bool
  ) throws(MetricError) {
    for (row, value) in values.enumerated() where !accepts(value) {
      throw .invalid(what: what, row: row, value: value, accepted: accepted)
    }
  }

  /// The number of events; throws at the first label that is neither 0 nor 1.
  package static func events(_ labels: [UInt8]) throws(MetricError) -> Int {
    var events = 0
    for (row, label) in labels.enumerated() {
      guard label <= 1 else { throw .label(row: row, value: label) }
      events += Int(label)
    }
    return events
  }

  /// Throws where probabilities and labels do not fit each other.
  package static func check(
    probabilities: [Double], labels: [UInt8]
  ) throws(MetricError) {
    guard probabilities.count == labels.count else {
      throw .lengths(scores: probabilities.count, labels: labels.count, keys: nil)
    }
    try check(probabilities, "probability", accepted: "0 to 1") { $0 >= 0 && $0 <= 1 }
    _ = try events(labels)
  }
}
