/// Reads one object of a configuration file, field by field.
///
/// Each call names a field, its default, and what it means; the same calls therefore read a
/// configuration, reject unknown and mistyped fields, and print the schema (`quant config schema`).
///
/// ```swift
/// var reader = ConfigurationReader(.object(["seed": .integer(7)]), path: "train")
/// let seed = try reader.integer("seed", default: 1, "seed of all random choices", in: 0...Int.max)
/// try reader.finish()        // throws where the object has a field that nobody asked for
/// ```
public struct ConfigurationReader {
  /// One line of the schema.
  public struct Field: Hashable, Sendable {
    /// Full name, such as `compile.labels.horizons`; `[]` stands for the elements of a list.
    public var path: String
    /// Type and accepted values.
    public var type: String
    /// The default as JSON, or `nil` where the field is required.
    public var defaultValue: JSONValue?
    /// What the field means.
    public var help: String
  }

  /// Where this object stands in the file; empty at the top.
  public let path: String
  /// Every field asked for so far, in order: the schema of this object.
  public private(set) var fields: [Field] = []
  /// Whether this reader only describes fields: there is no document, and every field is absent.
  public let isDescribing: Bool
  private var members: [String: JSONValue]
  private var known: [String] = []
  /// Names that are as good as known ones, and come after them in errors.
  private var otherNames: [String] = []

  /// Reads an object.
  ///
  /// - Throws: `ConfigurationError` where the value is no object, or a text in it has a NUL character.
  public init(_ value: JSONValue, path: String) throws(ConfigurationError) {
    guard case .object(let members) = value else {
      throw ConfigurationError(
        parameter: path.isEmpty ? "configuration" : path, value: value.canonicalText,
        accepted: "an object { … }")
    }
    self.init(members: members, path: path, isDescribing: false)
    // The operating system would end a file name there.
    for name in givenNames where members[name].map(ConfigurationReader.hasNUL) ?? false {
      throw error(name, "a text with a NUL character", accepted: "texts without it")
    }
  }

  private static func hasNUL(_ value: JSONValue) -> Bool {
    switch value {
    case .string(let text): text.utf8.contains(0)
    case .array(let values): values.contains(where: hasNUL)
    default: false
    }
  }

  /// A reader without a document, which collects the schema.
  public static func describing(path: String) -> ConfigurationReader {
    ConfigurationReader(members: [:], path: path, isDescribing: true)
  }

  private init(members: [String: JSONValue], path: String, isDescribing: Bool) {
    self.members = members
    self.path = path
    self.isDescribing = isDescribing
  }

  /// Whether the document gives a field.
  public func has(_ name: String) -> Bool { members[name].map { $0 != .null } ?? false }

  /// The names that the document gives, sorted.
  public var givenNames: [String] {
    members.keys.sortedByBytes()
  }

  /// The error for one field of this object.
  public func error(_ name: String, _ value: String, accepted: String) -> ConfigurationError {
    ConfigurationError(parameter: fullName(name), value: value, accepted: accepted)
  }

  /// Throws where the document has a field that was not asked for, naming the nearest known one.
  public func finish() throws(ConfigurationError) {
    for name in givenNames where !known.contains(name) {
      throw ConfigurationError(
        parameter: fullName(name), value: "not a known field",
        accepted: NearestName.accepted(for: name, among: known + otherNames))
    }
  }

  /// Gives fields that are about to be read other names or values, such as where a document uses the
  /// words of another program.
  ///
  /// - Parameters:
  ///   - names: what `rewrite` understands, for the nearest name of an unknown field.
  ///   - rewrite: takes and gives the members of the object; it names fields without their path.
  package mutating func rewrite(
    understanding names: [String],
    _ rewrite: ([String: JSONValue]) throws(ConfigurationError) -> [String: JSONValue]
  ) throws(ConfigurationError) {
    otherNames += names
    do {
      members = try rewrite(members)
    } catch {
      throw self.error(error.parameter, error.value, accepted: error.accepted)
    }
  }

  /// Notes fields of the same object that somebody else has read and taken out.
  package mutating func note(read names: [String]) { otherNames += names }

  // MARK: - Reading

  package func fullName(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  /// Notes a field and returns its value, or `nil` where the document does not give it.
  package mutating func take(
    _ name: String, type: String, default defaultValue: JSONValue?, _ help: String
  ) -> JSONValue? {
    known.append(name)
    fields.append(
      Field(path: fullName(name), type: type, defaultValue: defaultValue, help: help))
    guard let value = members[name], value != .null else { return nil }
    return value
  }

  package mutating func append(_ nested: [Field]) { fields += nested }

  package func mismatch(_ name: String, _ value: JSONValue, _ type: String) -> ConfigurationError {
    // The start of a long value is enough to recognise it.
    let text = value.canonicalText
    return error(name, text.count > 80 ? text.prefix(80) + "…" : text, accepted: type)
  }

  package func missing(_ name: String, _ type: String) -> ConfigurationError {
    error(name, "missing", accepted: type)
  }
}
