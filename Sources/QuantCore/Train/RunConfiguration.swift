/// A whole configuration file: what is compiled, trained, evaluated and audited, by which learner.
///
/// ```swift
/// let run = try RunConfiguration(parsing: bytes, source: "demo.json")
/// run.learner.identifier    // "logisticSGD"
/// ```
public struct RunConfiguration: Codable, Hashable, Sendable {
  /// Phase A.
  public var compile: CompileConfiguration
  /// Phase B.
  public var train: TrainConfiguration
  /// What is measured.
  public var evaluate: EvaluationRule
  /// The learner and its parameters.
  public var learner: LearnerDeclaration
  /// What the leak audit is told; no result depends on it.
  public var audit: AuditRule

  /// Reads a JSON or JSON5 document; `source` names it in errors.
  ///
  /// - Throws: `ConfigurationError` naming the field, its value and what would be accepted.
  public init(parsing bytes: [UInt8], source: String) throws(ConfigurationError) {
    var reader = try ConfigurationReader(JSONValue(parsing: bytes, source: source), path: "")
    self = try RunConfiguration(from: &reader)
    try reader.finish()
  }

  private init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    compile = try reader.object("compile", "what the panel contains; all of it keys the cache") {
      (r) throws(ConfigurationError) in try CompileConfiguration(from: &r)
    }
    train = try reader.object("train", "how tasks are trained") {
      (r) throws(ConfigurationError) in try TrainConfiguration(from: &r)
    }
    evaluate = try reader.object("evaluate", "what is measured") {
      (r) throws(ConfigurationError) in try EvaluationRule(from: &r)
    }
    learner = try reader.learnerDeclaration("learner")
    audit = try reader.object("audit", "what the leak audit is told; no result depends on it") {
      (r) throws(ConfigurationError) in try AuditRule(from: &r)
    }
  }

  /// Every field with its type, default and meaning; parameters of learners come from their registry.
  public static func schema() -> [ConfigurationReader.Field] {
    var reader = ConfigurationReader.describing(path: "")
    // A describing reader has no document in which anything could be wrong.
    _ = try? RunConfiguration(from: &reader)
    return reader.fields
  }

  /// A hash of panel, training configuration, learner and code version: 16 hexadecimal digits.
  ///
  /// It depends on nothing else, such as the clock or the machine, so a repeated run has the same.
  ///
  /// - Throws: `ConfigurationError` where a parameter has no JSON form, such as an infinity.
  public func runID(
    panelFingerprint: String, codeVersion: String
  ) throws(ConfigurationError) -> String {
    let parts = [
      panelFingerprint, try JSONValue.canonical(train, "train"),
      try JSONValue.canonical(evaluate, "evaluate"), learner.identifier,
      learner.parameters.canonicalText, codeVersion,
    ]
    return JSONValue.digest(parts, digits: 16)
  }
}

extension JSONValue {
  /// The canonical text of a value, which is equal for equal values.
  static func canonical(
    _ value: some Encodable, _ name: String
  ) throws(ConfigurationError) -> String {
    do {
      return try JSONValue(encoding: value).canonicalText
    } catch {
      throw ConfigurationError(
        parameter: name, value: "without a JSON form (\(error))", accepted: "finite numbers")
    }
  }

  /// The first digits of the SHA-256 of texts, each followed by a line feed.
  static func digest(_ texts: [String], digits: Int) -> String {
    let bytes = texts.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] }
    return String(SHA256.hexadecimal(bytes.span.numberBytes).prefix(digits))
  }
}
