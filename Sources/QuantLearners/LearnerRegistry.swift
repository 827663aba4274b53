public import QuantCore

/// The learners a configuration can ask for, by name.
///
/// ```swift
/// var registry = LearnerRegistry.standard
/// registry.register(MyLearner())
/// let learner = try registry.configured(run.learner)
/// let result = try learner.trainEvalOne(
///   task, in: panel, train: run.train, evaluate: run.evaluate, threads: 2)
/// ```
public struct LearnerRegistry: Sendable {
  private var entries: [String: Entry] = [:]

  /// A registry without learners.
  public init() {}

  /// The learners of this package.
  public static var standard: LearnerRegistry {
    var registry = LearnerRegistry()
    registry.register(LogisticSGD())
    registry.register(GradientBoosting())
    return registry
  }

  /// Adds a learner under its identifier, replacing one of the same name.
  public mutating func register<L: Learner>(_ learner: L) {
    entries[L.identifier] = Entry(
      configure: { (parameters, path) throws(ConfigurationError) in
        var reader = try ConfigurationReader(parameters, path: path)
        let configuration = try L.Configuration(from: &reader)
        try reader.finish()
        return try ConfiguredLearner(learner, configuration)
      },
      schema: { path in
        var reader = ConfigurationReader.describing(path: path)
        // A describing reader has no document in which anything could be wrong.
        _ = try? L.Configuration(from: &reader)
        return reader.fields
      })
  }

  /// The names, ascending.
  public var identifiers: [String] {
    entries.keys.sortedByBytes()
  }

  /// The parameters of a learner with defaults and meaning, or `nil` for an unknown name.
  public func schema(of identifier: String) -> [ConfigurationReader.Field]? {
    entries[identifier]?.schema("learner")
  }

  /// Opens the learner of a declaration with its parameters.
  ///
  /// - Throws: `ConfigurationError` for an unknown learner, naming the nearest one, or a parameter
  ///   that is unknown or out of range.
  public func configured(
    _ declaration: LearnerDeclaration
  ) throws(ConfigurationError) -> ConfiguredLearner {
    guard let entry = entries[declaration.identifier] else {
      throw ConfigurationError(
        parameter: "learner.name", value: "'\(declaration.identifier)'",
        accepted: NearestName.accepted(for: declaration.identifier, among: identifiers))
    }
    return try entry.configure(declaration.parameters, "learner")
  }

  private struct Entry: Sendable {
    let configure: @Sendable (JSONValue, String) throws(ConfigurationError) -> ConfiguredLearner
    let schema: @Sendable (String) -> [ConfigurationReader.Field]
  }
}
