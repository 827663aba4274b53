/// `rank`: place among the firms of the same decision date, from 0 (smallest) to 1 (largest).
///
/// (rank - 1) / (n - 1) over the n firms that have a value; ties share the mean of their ranks, and a
/// firm that is alone gets 0.5. NaN stays NaN. Features are called `assets_rank`.
struct RankRecipe: FeatureRecipe {
  static let identifier = "rank"
  static let version = 1
  static let summary = "place among the firms of the same decision date, 0 to 1"
  private var of: NamedInputs

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    of = try NamedInputs(from: &reader)
  }

  mutating func resolve(features: [String]) throws(ConfigurationError) {
    try of.resolve(features: features) { ["\($0)_rank"] }
  }

  var inputs: [RecipeInput] { of.inputs() }
  var featureNames: [String] { of.featureNames }
  var isCrossSectional: Bool { true }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    try requireNoLag(lag)
    return try of.map { (name) throws(CompileError) in
      CrossSection.map(try context.values(name, lag: 0), in: context) { values, ranks in
        RankRecipe.rank(values, into: &ranks)
      }
    }
  }

  /// Ranks of one decision date.
  static func rank(_ values: Span<Float>, into ranks: inout MutableSpan<Float>) {
    let ascending = AscendingValues(values)
    var start = 0
    while start < ascending.count {
      let end = ascending.endOfTies(from: start)
      let rank =
        ascending.count == 1
        ? 0.5 : Double(start + end - 1) / 2 / Double(ascending.count - 1)
      for position in start..<end { ranks[ascending.place(position)] = Float(rank) }
      start = end
    }
  }
}
