/// A metric: a finite number, or the reason why it is not defined, but never NaN.
///
/// Written to JSON as a number, or as `{"undefined": reason}`.
public enum MetricValue: Hashable, Sendable {
  /// The value.
  case value(Double)
  /// Why there is none, such as `one class: 0 events in 40 rows`.
  case undefined(String)

  /// The value, or `nil` where it is not defined.
  public var number: Double? {
    if case .value(let value) = self { value } else { nil }
  }

  /// The reason, or `nil` where the metric is defined.
  public var reason: String? {
    if case .undefined(let reason) = self { reason } else { nil }
  }

  /// The same reason, or the value after a computation.
  public func map(_ transform: (Double) -> Double) -> MetricValue {
    if case .value(let value) = self { .value(transform(value)) } else { self }
  }
}

extension MetricValue: CustomStringConvertible {
  /// The shortest text that reads back as the value, or `undefined (reason)`.
  public var description: String {
    switch self {
    case .value(let value): value.description
    case .undefined(let reason): "undefined (\(reason))"
    }
  }
}

extension MetricValue: Codable {
  private enum CodingKeys: CodingKey { case undefined }

  /// Reads a number or `{"undefined": reason}`.
  public init(from decoder: any Decoder) throws {
    if let value = try? decoder.singleValueContainer().decode(Double.self) {
      self = .value(value)
    } else {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      self = .undefined(try container.decode(String.self, forKey: .undefined))
    }
  }

  /// Writes a number or `{"undefined": reason}`.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .value(let value):
      var container = encoder.singleValueContainer()
      try container.encode(value)
    case .undefined(let reason):
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(reason, forKey: .undefined)
    }
  }
}
