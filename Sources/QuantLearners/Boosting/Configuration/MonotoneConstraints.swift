internal import QuantCore

/// Whether predictions may rise, or may fall, with a feature.
public enum MonotoneDirection: Int, Codable, CaseIterable, Sendable {
  /// Predictions do not rise where the feature does.
  case decreasing = -1
  /// Anything goes.
  case free = 0
  /// Predictions do not fall where the feature rises.
  case increasing = 1
}

/// The directions in which predictions may move with features, other features being equal.
///
/// In files a list with -1, 0 or 1 for each column, as in LightGBM, or an object of them by name.
public enum MonotoneConstraints: Hashable, Sendable {
  /// One direction for each column; an empty list constrains nothing.
  case byColumn([MonotoneDirection])
  /// The directions of some features.
  case byName([String: MonotoneDirection])

  /// No constraint.
  public static let none = MonotoneConstraints.byColumn([])

  /// Whether no feature is constrained.
  public var isEmpty: Bool {
    switch self {
    case .byColumn(let directions): directions.allSatisfy { $0 == .free }
    case .byName(let directions): directions.values.allSatisfy { $0 == .free }
    }
  }

  /// The direction of each of the named columns.
  func directions(of names: [String]) throws(ConfigurationError) -> [MonotoneDirection] {
    switch self {
    case .byColumn(let directions):
      guard directions.isEmpty || directions.count == names.count else {
        throw ConfigurationError(
          parameter: Self.parameter, value: "a list of \(directions.count)",
          accepted: "one direction for each of \(names.count) features")
      }
      return directions.isEmpty ? names.map { _ in .free } : directions
    case .byName(let directions):
      for name in directions.keys.sortedByBytes() where !names.contains(name) {
        throw ConfigurationError(
          parameter: Self.parameter, value: "feature '\(name)'",
          accepted: NearestName.accepted(for: name, among: names))
      }
      return names.map { directions[$0] ?? .free }
    }
  }

  static let parameter = "monotoneConstraints"
}

extension MonotoneConstraints: Codable {
  /// Reads a list or an object.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let list = try? container.decode([MonotoneDirection].self) {
      self = .byColumn(list)
    } else {
      self = .byName(try container.decode([String: MonotoneDirection].self))
    }
  }

  /// Writes a list or an object.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .byColumn(let directions): try container.encode(directions)
    case .byName(let directions): try container.encode(directions)
    }
  }
}

extension ConfigurationReader {
  /// Reads a list of directions, or an object of them by name.
  mutating func monotoneConstraints(
    _ name: String, _ help: String
  ) throws(ConfigurationError) -> MonotoneConstraints {
    let type = "list of -1, 0 or 1 for each column, or object of them by name"
    switch take(name, type: type, default: .array([]), help) {
    case .array(let values):
      var directions: [MonotoneDirection] = []
      for (index, value) in values.enumerated() {
        directions.append(try direction("\(name)[\(index)]", value))
      }
      return .byColumn(directions)
    case .object(let members):
      var directions: [String: MonotoneDirection] = [:]
      for (feature, value) in JSONValue.sorted(members) {
        directions[feature] = try direction("\(name).\(feature)", value)
      }
      return .byName(directions)
    case let other?: throw mismatch(name, other, type)
    case nil: return .none
    }
  }

  private func direction(
    _ name: String, _ value: JSONValue
  ) throws(ConfigurationError) -> MonotoneDirection {
    guard case .integer(let number) = value, let direction = MonotoneDirection(rawValue: number)
    else { throw mismatch(name, value, "-1, 0 or 1") }
    return direction
  }
}
