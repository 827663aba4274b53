/// Why inputs cannot be measured at all; a measure that has no value is `MetricValue.undefined`.
public enum MetricError: Error, Hashable, Sendable {
  /// Scores, labels and keys have different lengths.
  case lengths(scores: Int, labels: Int, keys: Int?)
  /// Two columns have different lengths.
  case columns(first: Int, second: Int)
  /// A score is NaN, or a probability lies outside of [0, 1]; rows are counted from 0.
  case invalid(what: String, row: Int, value: Double, accepted: String)
  /// A label is neither 0 nor 1.
  case label(row: Int, value: UInt8)
  /// A number of bins or of ranks is below 1.
  case parameter(name: String, value: Int, accepted: String)
}

extension MetricError: CustomStringConvertible {
  /// One line: what is wrong, where, and what would be accepted.
  public var description: String {
    switch self {
    case .lengths(let scores, let labels, let keys):
      "\(scores) scores, \(labels) labels\(keys.map { ", \($0) keys" } ?? ""); "
        + "accepted: equally many"
    case .columns(let first, let second):
      "\(first) and \(second) numbers; accepted: equally many"
    case .invalid(let what, let row, let value, let accepted):
      "\(what) of row \(row) is \(value); accepted: \(accepted)"
    case .label(let row, let value):
      "label of row \(row) is \(value); accepted: 0 or 1"
    case .parameter(let name, let value, let accepted):
      "\(name) is \(value); accepted: \(accepted)"
    }
  }
}
