// How old what is known is, in days at the decision date. Both have no lags.

/// `recordAge`: days from the period end of the latest record to the decision date.
///
/// Large values mean a late filer. NaN where the source has no record for the row. The feature is
/// called `record_age`, or `record_age_annual` for the source `annual`.
struct RecordAgeRecipe: FeatureRecipe {
  static let identifier = "recordAge"
  static let version = 1
  static let summary = "days from the period end of the latest record to the decision date"
  private let source: String?
  let featureNames: [String]

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    source = try reader.optionalString("source", "name of a source; default: the first")
    featureNames = try FeatureNaming(from: &reader).names(
      ["record_age" + (source.map { "_\($0)" } ?? "")])
  }

  var hasLags: Bool { false }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    try requireNoLag(lag)
    return [try context.recordAgeDays(source: source)]
  }
}

/// `recency`: days from the availability of the latest record to the decision date.
///
/// Small values mean fresh news. NaN where the source has no record for the row. The feature is called
/// `recency`, or `recency_annual` for the source `annual`.
struct RecencyRecipe: FeatureRecipe {
  static let identifier = "recency"
  static let version = 1
  static let summary = "days from the availability of the latest record to the decision date"
  private let source: String?
  let featureNames: [String]

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    source = try reader.optionalString("source", "name of a source; default: the first")
    featureNames = try FeatureNaming(from: &reader).names(
      ["recency" + (source.map { "_\($0)" } ?? "")])
  }

  var hasLags: Bool { false }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    try requireNoLag(lag)
    return [try context.availabilityAgeDays(source: source)]
  }
}
