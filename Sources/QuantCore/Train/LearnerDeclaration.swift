/// A learner by name, with parameters that its registry interprets: the `learner` section.
///
/// In a file the parameters stand beside the name: `{ "name": "logisticSGD", "l2": 0.001 }`.
public struct LearnerDeclaration: Codable, Hashable, Sendable {
  /// The name of the learner.
  public var identifier: String
  /// An object with the remaining members.
  public var parameters: JSONValue

  /// The learner that is used where the configuration names none.
  public static let defaultIdentifier = "logisticSGD"

  /// Creates a declaration.
  public init(identifier: String = defaultIdentifier, parameters: JSONValue = .object([:])) {
    self.identifier = identifier
    self.parameters = parameters
  }

  /// The short hash that names a learner with all its parameters: 12 hexadecimal digits.
  ///
  /// It is taken from the parameters as read, so leaving a parameter out and writing its default
  /// give the same.
  ///
  /// - Throws: `ConfigurationError` where a parameter has no JSON form, such as an infinity.
  public static func configurationID<L: Learner>(
    of learner: L.Type, _ configuration: L.Configuration
  ) throws(ConfigurationError) -> String {
    let text = try JSONValue.canonical(configuration, "learner")
    return JSONValue.digest([L.identifier, text], digits: 12)
  }
}

extension ConfigurationReader {
  /// The learner; its parameters are checked by the registry of learners.
  mutating func learnerDeclaration(
    _ name: String
  ) throws(ConfigurationError) -> LearnerDeclaration {
    let type = "an object { \"name\": learner, … }"
    let standard = JSONValue.object(["name": .string(LearnerDeclaration.defaultIdentifier)])
    guard
      let value = take(
        name, type: type, default: standard, "the learner, its parameters beside the name")
    else { return LearnerDeclaration() }
    guard case .object(var members) = value else { throw mismatch(name, value, type) }
    guard let given = members.removeValue(forKey: "name") else {
      return LearnerDeclaration(parameters: .object(members))
    }
    guard case .string(let identifier) = given else {
      throw mismatch("\(name).name", given, "a text")
    }
    return LearnerDeclaration(identifier: identifier, parameters: .object(members))
  }
}
