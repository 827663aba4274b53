/// The recipes that configurations may name, those of the library and those of its user.
///
/// ```swift
/// var registry = RecipeRegistry.standard
/// registry.register(CashToAssets.self)
/// let recipes = try registry.recipes(for: configuration.features, columns: configuration.columnNames)
/// ```
public struct RecipeRegistry: Sendable {
  private var types: [String: any FeatureRecipe.Type] = [:]
  private var repeated: Set<String> = []

  /// A registry without recipes.
  public init() {}

  /// Adds a recipe under its identifier.
  ///
  /// The cache key knows a recipe by identifier and version alone, so two recipes must not share an
  /// identifier: one that does is refused when a configuration names it.
  public mutating func register(_ type: any FeatureRecipe.Type) {
    if let other = types[type.identifier], other != type { repeated.insert(type.identifier) }
    types[type.identifier] = type
  }

  /// The names of all recipes, in alphabetical order.
  public var identifiers: [String] {
    types.keys.sortedByBytes()
  }

  /// The recipe that a declaration names.
  ///
  /// - Throws: `ConfigurationError` where there is none, naming the nearest, or where there are two.
  func type(named declaration: RecipeDeclaration) throws(ConfigurationError)
    -> any FeatureRecipe.Type
  {
    let name = declaration.recipe
    guard let type = types[name] else {
      throw ConfigurationError(
        parameter: "\(declaration.path).recipe", value: "'\(name)', which is not registered",
        accepted: NearestName.accepted(for: name, among: identifiers))
    }
    if repeated.contains(name) {
      throw ConfigurationError(
        parameter: "\(declaration.path).recipe", value: "'\(name)', which is registered twice",
        accepted: "an identifier that one recipe has")
    }
    return type
  }

  /// All recipes, in the order of their identifiers.
  var allTypes: [any FeatureRecipe.Type] { identifiers.compactMap { types[$0] } }
}
