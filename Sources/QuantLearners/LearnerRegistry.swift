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
      L.self,
      { (configuration) throws(ConfigurationError) in
        try ConfiguredLearner(learner, configuration)
      })
  }

  /// Adds a learner that can also be used by itself, with its models.
  public mutating func register<L: StandaloneLearner>(_ learner: L) {
    var entry = Entry(
      L.self,
      { (configuration) throws(ConfigurationError) in
        try ConfiguredLearner(standalone: learner, configuration)
      })
    entry.recognizes = L.Model.recognizes
    entry.model = { (path) throws(StorageError) in try L.Model(contentsOf: path) }
    entries[L.identifier] = entry
  }

  /// Reads a model file of any learner; its first bytes say which.
  ///
  /// - Throws: `StorageError`; `.foreign` where no learner knows the file.
  public func model(
    contentsOf path: String
  ) throws(StorageError) -> (learner: String, model: any StandaloneModel) {
    let file = try MappedFile(path: path)
    let start = [UInt8](copying: file.bytes.extracting(0..<min(4096, file.count)))
    for identifier in identifiers {
      guard let entry = entries[identifier], let read = entry.model,
        entry.recognizes?(start) ?? false
      else { continue }
      return (identifier, try read(path))
    }
    throw .foreign(
      path: path, found: start.isEmpty ? "an empty file" : "another format",
      accepted: "a model file of \(identifiers.joined(separator: " or "))")
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
  /// - Parameters:
  ///   - declaration: name and parameters.
  ///   - path: what errors call the place of the parameters.
  ///   - readNames: fields of the same document that the caller has read, for the nearest name of an
  ///     unknown one.
  /// - Throws: `ConfigurationError` for an unknown learner, naming the nearest one, or a parameter
  ///   that is unknown or out of range.
  public func configured(
    _ declaration: LearnerDeclaration, path: String = "learner", besides readNames: [String] = []
  ) throws(ConfigurationError) -> ConfiguredLearner {
    guard let entry = entries[declaration.identifier] else {
      throw ConfigurationError(
        parameter: "learner.name", value: "'\(declaration.identifier)'",
        accepted: NearestName.accepted(for: declaration.identifier, among: identifiers))
    }
    return try entry.configure(declaration.parameters, path, readNames)
  }

  private struct Entry: Sendable {
    let configure:
      @Sendable (JSONValue, String, [String]) throws(ConfigurationError) -> ConfiguredLearner
    let schema: @Sendable (String) -> [ConfigurationReader.Field]
    var recognizes: (@Sendable ([UInt8]) -> Bool)?
    var model: (@Sendable (String) throws(StorageError) -> any StandaloneModel)?

    init<L: Learner>(
      _ learner: L.Type,
      _ configured:
        @escaping @Sendable (L.Configuration) throws(ConfigurationError)
        -> ConfiguredLearner
    ) {
      configure = { (parameters, path, readNames) throws(ConfigurationError) in
        var reader = try ConfigurationReader(parameters, path: path)
        reader.note(read: readNames)
        let configuration = try L.Configuration(from: &reader)
        try reader.finish()
        return try configured(configuration)
      }
      schema = { path in
        var reader = ConfigurationReader.describing(path: path)
        // A describing reader has no document in which anything could be wrong.
        _ = try? L.Configuration(from: &reader)
        return reader.fields
      }
    }
  }
}
