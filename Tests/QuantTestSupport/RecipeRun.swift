public import QuantCore

/// Runs declarations written as JSON5 in a memory context.
public enum RecipeRun {
  /// The declarations of a list such as `[{recipe: 'rank', of: 'assets'}]`.
  public static func declarations(_ text: String) throws -> [RecipeDeclaration] {
    guard case .array(let entries) = try JSONValue(parsing: Array(text.utf8), source: "test") else {
      throw ConfigurationError(parameter: "test", value: text, accepted: "a list")
    }
    return try entries.enumerated().map { index, entry in
      guard case .object(var members) = entry, case .string(let recipe) = members["recipe"] else {
        throw ConfigurationError(parameter: "test", value: text, accepted: "objects")
      }
      members["recipe"] = nil
      return RecipeDeclaration(
        recipe: recipe, parameters: .object(members), path: "compile.features[\(index)]")
    }
  }

  /// The features that the declarations add to a context, by name, in order.
  public static func features(
    _ text: String, in context: MemoryRecipeContext, registry: RecipeRegistry = .standard
  ) throws -> [(name: String, values: [Float])] {
    var context = context
    let recipes = try registry.recipes(
      for: declarations(text), columns: context.columnNames)
    for recipe in recipes { try context.add(recipe) }
    return try context.featureNames.map { ($0, try context.values($0, lag: 0)) }
  }

  /// The values of the last feature that the declarations add.
  public static func last(_ text: String, in context: MemoryRecipeContext) throws -> [Float] {
    try features(text, in: context).last?.values ?? []
  }

  /// The error of declarations that are wrong, or `nil` where they are right.
  public static func error(
    _ text: String, columns: [String] = ["assets", "debt", "revenues"]
  ) throws -> ConfigurationError? {
    let declarations = try declarations(text)
    do throws(ConfigurationError) {
      _ = try RecipeRegistry.standard.recipes(for: declarations, columns: columns)
      return nil
    } catch {
      return error
    }
  }
}

/// Whether two lists are equal, NaN being equal to NaN and 0 to -0.
public func sameFeature(_ left: [Float], _ right: [Float]) -> Bool {
  left.count == right.count
    && zip(left, right).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
}
