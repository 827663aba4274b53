/// One entry of `compile.features`: the name of a recipe and its parameters, not yet interpreted.
///
/// `RecipeRegistry` turns it into a recipe; user recipes are registered there under their own names.
public struct RecipeDeclaration: Codable, Hashable, Sendable {
  /// The name of the recipe, such as `ratio`.
  public var recipe: String
  /// The remaining members of the object.
  public var parameters: JSONValue
  /// Where it stands in the configuration, such as `compile.features[3]`.
  public var path: String

  /// Creates a declaration.
  public init(recipe: String, parameters: JSONValue, path: String = "compile.features[]") {
    self.recipe = recipe
    self.parameters = parameters
    self.path = path
  }

  /// Declarations are equal when recipe and parameters are; where they stand does not count.
  public static func == (left: RecipeDeclaration, right: RecipeDeclaration) -> Bool {
    left.recipe == right.recipe && left.parameters == right.parameters
  }

  /// Hashes recipe and parameters.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(recipe)
    hasher.combine(parameters)
  }

  private enum CodingKeys: CodingKey { case recipe, parameters }

  /// Reads recipe and parameters.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    recipe = try container.decode(String.self, forKey: .recipe)
    parameters = try container.decode(JSONValue.self, forKey: .parameters)
    path = "compile.features[]"
  }
}

extension ConfigurationReader {
  /// The list of recipes; their parameters are checked by `RecipeRegistry`.
  mutating func recipeDeclarations(
    _ name: String
  ) throws(ConfigurationError) -> [RecipeDeclaration] {
    let type = "list of objects { \"recipe\": name, … }"
    guard let value = take(name, type: type, default: nil, "the recipes, in order") else {
      if isDescribing { return [] }
      throw missing(name, type)
    }
    guard case .array(let entries) = value, !entries.isEmpty else {
      throw mismatch(name, value, type)
    }
    var declarations: [RecipeDeclaration] = []
    for (index, entry) in entries.enumerated() {
      guard case .object(var members) = entry, case .string(let recipe) = members["recipe"] else {
        throw mismatch("\(name)[\(index)]", entry, "an object { \"recipe\": name, … }")
      }
      members["recipe"] = nil
      declarations.append(
        RecipeDeclaration(
          recipe: recipe, parameters: .object(members), path: fullName("\(name)[\(index)]")))
    }
    return declarations
  }
}
