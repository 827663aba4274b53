extension RecipeRegistry {
  /// The recipes of the library; `Docs/Guides/features.md` describes each.
  public static let standard: RecipeRegistry = {
    var registry = RecipeRegistry()
    let types: [any FeatureRecipe.Type] = [
      LevelRecipe.self, SignedLogRecipe.self, MissingRecipe.self, RatioRecipe.self,
      ChangeRecipe.self, GrowthRecipe.self, TrailingYearRecipe.self, RollingRecipe.self,
      RankRecipe.self, ZScoreRecipe.self, WinsorizeRecipe.self,
      MomentumRecipe.self, VolatilityRecipe.self, DrawdownRecipe.self, DollarVolumeRecipe.self,
      RecordAgeRecipe.self, RecencyRecipe.self,
    ]
    for type in types { registry.register(type) }
    return registry
  }()
}
