extension RecipeRegistry {
  /// Turns declarations into recipes whose inputs and feature names are fixed, in the same order.
  ///
  /// With `columns`, the numeric columns of the sources, every input name is checked; without, names
  /// that are no features are taken for columns.
  ///
  /// - Throws: `ConfigurationError` for an unknown recipe or parameter, a value out of range, an input
  ///   that is not there, a lag of something that has none, or a feature name that is used twice.
  public func recipes(
    for declarations: [RecipeDeclaration], columns: [String]? = nil
  ) throws(ConfigurationError) -> [any FeatureRecipe] {
    var features = FeatureLedger(columns: columns)
    var recipes: [any FeatureRecipe] = []
    for declaration in declarations {
      var recipe = try recipe(for: declaration)
      try recipe.resolve(features: features.names)
      try features.add(recipe, declaredAt: declaration.path)
      recipes.append(recipe)
    }
    return recipes
  }

  private func recipe(
    for declaration: RecipeDeclaration
  ) throws(ConfigurationError) -> any FeatureRecipe {
    let type = try type(named: declaration)
    var reader = try ConfigurationReader(declaration.parameters, path: declaration.path)
    do {
      let recipe = try type.init(from: &reader)
      try reader.finish()
      return recipe
    } catch {
      throw unknownParameter(of: type, in: reader) ?? error
    }
  }

  /// A misspelled required parameter is missing and unknown at once; the spelling says more.
  private func unknownParameter(
    of type: any FeatureRecipe.Type, in reader: ConfigurationReader
  ) -> ConfigurationError? {
    guard let known = try? RecipeRegistry.fields(of: type, path: "").map(\.path) else { return nil }
    for name in reader.givenNames where !known.contains(name) {
      return reader.error(
        name, "not a known field", accepted: NearestName.accepted(for: name, among: known))
    }
    return nil
  }
}

/// The features so far, and what later recipes may do with them.
private struct FeatureLedger {
  private(set) var names: [String] = []
  private var known: Set<String> = []
  private var withoutLags: Set<String> = []
  private let columns: [String]?

  init(columns: [String]?) { self.columns = columns }

  mutating func add(
    _ recipe: any FeatureRecipe, declaredAt path: String
  ) throws(ConfigurationError) {
    for input in recipe.inputs { try check(input) }
    for name in recipe.featureNames {
      if name.isEmpty || !name.allSatisfy({ $0.isLetter || $0.isNumber || "_-.".contains($0) }) {
        throw ConfigurationError(
          parameter: path, value: "a recipe for feature '\(name)'",
          accepted: "names of letters, digits and _ - .")
      }
      if recipe.replacesInputs != known.contains(name) {
        throw ConfigurationError(
          parameter: path,
          value: recipe.replacesInputs
            ? "a replacement of '\(name)', which is no earlier feature"
            : "a second recipe for feature '\(name)'",
          accepted: recipe.replacesInputs
            ? "features made before it" : "names of its own, by prefix or names")
      }
      if known.insert(name).inserted { names.append(name) }
    }
    let readsWithoutLags = recipe.inputs.contains { withoutLags.contains($0.name) }
    if !recipe.hasLags || readsWithoutLags { withoutLags.formUnion(recipe.featureNames) }
  }

  private func check(_ input: RecipeInput) throws(ConfigurationError) {
    let isFeature = known.contains(input.name) && input.kind != .column
    if isFeature {
      if input.longestLag > 0, withoutLags.contains(input.name) {
        throw ConfigurationError(
          parameter: input.parameter, value: "'\(input.name)', which has no earlier values",
          accepted: "columns, and features made from records of the firm alone (no rank, zscore, "
            + "winsorize, prices or ages)")
      }
      return
    }
    var candidates = input.kind == .column ? [] : names
    if input.kind != .feature {
      guard let columns, !columns.contains(input.name) else { return }
      let owners = columns.filter { $0.hasSuffix(".\(input.name)") }
      if !owners.isEmpty {
        throw ConfigurationError(
          parameter: input.parameter, value: "'\(input.name)', which several sources have",
          accepted: owners.joined(separator: " or "))
      }
      candidates += columns
    }
    let near = NearestName.suggestion(for: input.name, among: candidates)
    let what =
      switch input.kind {
      case .any: "a column of a source or a feature made before it"
      case .column: "a column of a source"
      case .feature: "a feature made before it"
      }
    throw ConfigurationError(
      parameter: input.parameter, value: "'\(input.name)', which is not there",
      accepted: what + (near.map { "; did you mean '\($0)'?" } ?? ""))
  }
}
