internal import QuantCore

/// One parameter: its names, where it is kept, and what it may be.
struct BoostingParameter {
  private let name: String
  private let alias: String
  private let help: String
  private let kind: Kind

  private enum Kind {
    case whole(WritableKeyPath<BoostingConfiguration, Int>, ClosedRange<Int>)
    case number(WritableKeyPath<BoostingConfiguration, Double>, String, (Double) -> Bool)
    case flag(WritableKeyPath<BoostingConfiguration, Bool>)
  }

  /// A whole number in a range.
  static func whole(
    _ name: String, _ alias: String, _ path: WritableKeyPath<BoostingConfiguration, Int>,
    _ range: ClosedRange<Int>, _ help: String
  ) -> Self {
    Self(name: name, alias: alias, help: help, kind: .whole(path, range))
  }

  /// A number that satisfies what `accepted` says.
  static func open(
    _ name: String, _ alias: String, _ path: WritableKeyPath<BoostingConfiguration, Double>,
    _ help: String, _ accepted: String, _ accepts: @escaping (Double) -> Bool
  ) -> Self {
    Self(name: name, alias: alias, help: help, kind: .number(path, accepted, accepts))
  }

  /// A share that is not 0.
  static func fraction(
    _ name: String, _ alias: String, _ path: WritableKeyPath<BoostingConfiguration, Double>,
    _ help: String
  ) -> Self {
    open(name, alias, path, help, "0 < x ≤ 1") { $0 > 0 && $0 <= 1 }
  }

  /// A share that may be 0.
  static func share(
    _ name: String, _ alias: String, _ path: WritableKeyPath<BoostingConfiguration, Double>,
    _ help: String
  ) -> Self {
    open(name, alias, path, help, "0 ≤ x ≤ 1") { $0 >= 0 && $0 <= 1 }
  }

  /// A number that is not negative.
  static func penalty(
    _ name: String, _ alias: String, _ path: WritableKeyPath<BoostingConfiguration, Double>,
    _ help: String
  ) -> Self {
    open(name, alias, path, help, "0 ≤ x ≤ 1e12") { $0 >= 0 && $0 <= 1e12 }
  }

  /// True or false.
  static func flag(
    _ name: String, _ alias: String, _ path: WritableKeyPath<BoostingConfiguration, Bool>,
    _ help: String
  ) -> Self {
    Self(name: name, alias: alias, help: help, kind: .flag(path))
  }

  func read(
    _ reader: inout ConfigurationReader, _ configuration: inout BoostingConfiguration
  ) throws(ConfigurationError) {
    switch kind {
    case .whole(let path, let range):
      configuration[keyPath: path] = try reader.aliased(name, alias) {
        (reader, name, alias) throws(ConfigurationError) in
        try reader.integer(
          name, default: configuration[keyPath: path], Self.help(help, alias), in: range)
      }
    case .number(let path, let accepted, let accepts):
      configuration[keyPath: path] = try reader.aliased(name, alias) {
        (reader, name, alias) throws(ConfigurationError) in
        try reader.number(
          name, default: configuration[keyPath: path], Self.help(help, alias),
          accepted: accepted, where: accepts)
      }
    case .flag(let path):
      configuration[keyPath: path] = try reader.aliased(name, alias) {
        (reader, name, alias) throws(ConfigurationError) in
        try reader.bool(name, default: configuration[keyPath: path], Self.help(help, alias))
      }
    }
  }

  func error(_ configuration: BoostingConfiguration) -> ConfigurationError? {
    switch kind {
    case .whole(let path, let range):
      let value = configuration[keyPath: path]
      if range.contains(value) { return nil }
      return ConfigurationError(
        parameter: name, value: "\(value)",
        accepted: "\(range.lowerBound) to \(range.upperBound)")
    case .number(let path, let accepted, let accepts):
      let value = configuration[keyPath: path]
      if accepts(value) { return nil }
      return ConfigurationError(parameter: name, value: "\(value)", accepted: accepted)
    case .flag:
      return nil
    }
  }

  /// The meaning of a parameter, with its other name where that was not used.
  static func help(_ help: String, _ alias: String?) -> String {
    alias.map { "\(help); alias \($0)" } ?? help
  }
}

extension ConfigurationReader {
  /// Reads a field under the name that the document uses.
  mutating func aliased<Value>(
    _ name: String, _ alias: String,
    _ read: (inout ConfigurationReader, String, String?) throws(ConfigurationError) -> Value
  ) throws(ConfigurationError) -> Value {
    guard has(alias) else { return try read(&self, name, alias) }
    if has(name) {
      throw error(alias, "given beside '\(name)'", accepted: "one of the two names")
    }
    return try read(&self, alias, nil)
  }
}
