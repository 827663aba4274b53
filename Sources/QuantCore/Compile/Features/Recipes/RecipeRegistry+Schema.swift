extension RecipeRegistry {
  /// Every parameter of every recipe with its default: one line for the recipe, then its own.
  ///
  /// Paths read `compile.features[ratio].guard`: an element of the list whose `recipe` is `ratio`.
  ///
  /// - Throws: `ConfigurationError` where a recipe throws for a describing reader.
  public func schema() throws(ConfigurationError) -> [ConfigurationReader.Field] {
    var lines: [ConfigurationReader.Field] = []
    for type in allTypes {
      let path = "compile.features[\(type.identifier)]"
      lines.append(
        ConfigurationReader.Field(
          path: "\(path).recipe", type: "the text \"\(type.identifier)\"", defaultValue: nil,
          help: type.summary))
      lines += try RecipeRegistry.fields(of: type, path: path)
    }
    return lines
  }

  /// The parameters of one recipe.
  static func fields(
    of type: any FeatureRecipe.Type, path: String
  ) throws(ConfigurationError) -> [ConfigurationReader.Field] {
    var reader = ConfigurationReader.describing(path: path)
    _ = try type.init(from: &reader)
    return reader.fields
  }
}
