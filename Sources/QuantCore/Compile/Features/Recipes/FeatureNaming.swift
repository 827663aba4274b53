/// How the features of one declaration are called: by rule, by rule with a prefix, or as given.
///
/// The rule is `<input>_<what was done>`, such as `revenues_growth_4`; characters of the input that
/// are neither letters, digits nor underscores become underscores.
public struct FeatureNaming: Sendable {
  private let prefix: String
  private let given: [String]
  private let parameter: String

  /// Reads `prefix` and `names`.
  ///
  /// - Throws: `ConfigurationError` where both are given.
  public init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    prefix = try reader.string("prefix", default: "", "text before the name of each feature")
    given = try reader.strings(
      "names", default: [], "names of the features in their order, in place of made-up ones")
    parameter = reader.fullName("names")
    if !prefix.isEmpty, !given.isEmpty {
      throw reader.error("prefix", "given beside names", accepted: "one of prefix and names")
    }
  }

  /// The final names for made-up ones.
  ///
  /// - Throws: `ConfigurationError` where `names` was given with another number of names.
  public func names(_ made: [String]) throws(ConfigurationError) -> [String] {
    if given.isEmpty { return made.map { prefix + FeatureNaming.cleaned($0) } }
    guard given.count == made.count else {
      throw ConfigurationError(
        parameter: parameter, value: "a list of \(given.count)",
        accepted: "\(made.count) names, for " + made.joined(separator: ", "))
    }
    return given
  }

  /// A name in which everything but letters, digits and underscores became an underscore.
  static func cleaned(_ name: String) -> String {
    String(name.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" })
  }
}
