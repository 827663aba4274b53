/// Names of inputs as a configuration lists them; `roa*` stands for every earlier feature whose name
/// starts with `roa`.
public struct InputList: Sendable {
  /// The names, valid after `resolve`; patterns before.
  public private(set) var names: [String]
  private var parameters: [String]
  private let kind: RecipeInput.Kind

  /// Reads a list of texts, or one text.
  ///
  /// - Throws: `ConfigurationError` where the list is empty, repeats a name or has `*` anywhere but
  ///   at the end of a name, or where only columns are accepted.
  public init(
    from reader: inout ConfigurationReader, _ field: String = "of",
    kind: RecipeInput.Kind = .any,
    _ help: String = "columns or earlier features; 'roa*' is a family of features"
  ) throws(ConfigurationError) {
    self.kind = kind
    names = try reader.oneOrMoreStrings(field, help)
    let path = reader.fullName(field)
    parameters = names.indices.map { "\(path)[\($0)]" }
    if reader.isDescribing { return }
    for (index, name) in names.enumerated() {
      let stem = name.hasSuffix("*") ? name.dropLast() : name[...]
      if name.isEmpty || stem.contains("*") || (kind == .column && stem != name) {
        throw ConfigurationError(
          parameter: parameters[index], value: "'\(name)'",
          accepted: kind == .column
            ? "the name of a column" : "a name, or the start of feature names followed by *")
      }
      if names[..<index].contains(name) {
        throw ConfigurationError(
          parameter: parameters[index], value: "'\(name)' again", accepted: "each name once")
      }
    }
  }

  /// Replaces patterns by the features they match, in the order of the features; names that are
  /// listed already are left out.
  ///
  /// - Throws: `ConfigurationError` where a pattern matches nothing.
  public mutating func resolve(features: [String]) throws(ConfigurationError) {
    var resolved: [String] = []
    var origins: [String] = []
    var seen = Set(names)
    for (name, parameter) in zip(names, parameters) {
      guard name.hasSuffix("*") else {
        resolved.append(name)
        origins.append(parameter)
        continue
      }
      let matches = features.filter { $0.hasPrefix(name.dropLast()) }
      if matches.isEmpty {
        throw ConfigurationError(
          parameter: parameter, value: "'\(name)', which matches no earlier feature",
          accepted: features.isEmpty
            ? "names of columns: there are no earlier features"
            : "the start of a feature made before it, such as '\(features[0])'")
      }
      for match in matches where seen.insert(match).inserted {
        resolved.append(match)
        origins.append(parameter)
      }
    }
    names = resolved
    parameters = origins
  }

  /// What a recipe returns as its `inputs`.
  public func inputs(longestLag: Int = 0) -> [RecipeInput] {
    zip(names, parameters).map { name, parameter in
      RecipeInput(name, kind: kind, longestLag: longestLag, parameter: parameter)
    }
  }
}
