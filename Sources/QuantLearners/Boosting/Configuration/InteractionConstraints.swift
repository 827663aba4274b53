internal import QuantCore

/// A feature, by the place of its column or by its name; `3` and `"age"` are literals of it.
public enum FeatureReference: Hashable, Sendable {
  /// The column, from 0 on.
  case column(Int)
  /// The name.
  case name(String)
}

extension FeatureReference: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  /// A column.
  public init(integerLiteral value: Int) { self = .column(value) }
  /// A name.
  public init(stringLiteral value: String) { self = .name(value) }
}

extension FeatureReference: Codable {
  /// Reads a number or a text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let column = try? container.decode(Int.self) {
      self = .column(column)
    } else {
      self = .name(try container.decode(String.self))
    }
  }

  /// Writes a number or a text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .column(let column): try container.encode(column)
    case .name(let name): try container.encode(name)
    }
  }
}

/// Groups of features that may meet on one way from the root of a tree to a leaf.
///
/// All features of a way lie in one of the groups; a feature of no group is not used, as in LightGBM.
public struct InteractionConstraints: Hashable, Codable, Sendable, ExpressibleByArrayLiteral {
  /// The groups, which may share features; without any nothing is constrained.
  public var groups: [[FeatureReference]]

  /// Creates constraints.
  public init(_ groups: [[FeatureReference]] = []) { self.groups = groups }
  /// Creates constraints of a list of groups.
  public init(arrayLiteral elements: [FeatureReference]...) { groups = elements }

  /// For each group the columns of its features.
  func columns(of names: [String]) throws(ConfigurationError) -> [[Int]] {
    var result: [[Int]] = []
    for (index, group) in groups.enumerated() {
      let parameter = "interactionConstraints[\(index)]"
      guard !group.isEmpty else {
        throw ConfigurationError(
          parameter: parameter, value: "an empty group", accepted: "one feature or more")
      }
      var columns: [Int] = []
      for feature in group {
        columns.append(try Self.column(feature, of: names, parameter))
      }
      result.append(columns)
    }
    return result
  }

  private static func column(
    _ feature: FeatureReference, of names: [String], _ parameter: String
  ) throws(ConfigurationError) -> Int {
    switch feature {
    case .column(let column):
      if names.indices.contains(column) { return column }
      throw ConfigurationError(
        parameter: parameter, value: "column \(column)",
        accepted: "a column below \(names.count), or a name")
    case .name(let name):
      if let column = names.firstIndex(of: name) { return column }
      throw ConfigurationError(
        parameter: parameter, value: "feature '\(name)'",
        accepted: NearestName.accepted(for: name, among: names))
    }
  }
}

extension ConfigurationReader {
  /// Reads a list of lists of columns or names.
  mutating func interactionConstraints(
    _ name: String, _ help: String
  ) throws(ConfigurationError) -> InteractionConstraints {
    let type = "list of lists of columns or names"
    switch take(name, type: type, default: .array([]), help) {
    case .array(let values):
      var groups: [[FeatureReference]] = []
      for (index, value) in values.enumerated() {
        groups.append(try features("\(name)[\(index)]", value))
      }
      return InteractionConstraints(groups)
    case let other?: throw mismatch(name, other, type)
    case nil: return InteractionConstraints()
    }
  }

  private func features(
    _ name: String, _ value: JSONValue
  ) throws(ConfigurationError) -> [FeatureReference] {
    guard case .array(let members) = value else {
      throw mismatch(name, value, "a list of columns or names")
    }
    var features: [FeatureReference] = []
    for (index, member) in members.enumerated() {
      switch member {
      case .integer(let column): features.append(.column(column))
      case .string(let text): features.append(.name(text))
      default: throw mismatch("\(name)[\(index)]", member, "a column or a name")
      }
    }
    return features
  }
}
