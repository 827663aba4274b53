/// How one or more features are computed from what is known at each decision date.
///
/// A recipe sees the data only through a `RecipeContext`, which never shows a record before it was
/// available. It must be a pure function of that context, so that a panel is a function of its
/// inputs.
///
/// ```swift
/// struct CashToAssets: FeatureRecipe {
///   static let identifier = "cashToAssets"
///   static let version = 1
///   var featureNames: [String] { ["cash_to_assets"] }
///   init(from reader: inout ConfigurationReader) throws(ConfigurationError) {}
///   func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
///     let cash = try context.values("cash", lag: lag), assets = try context.values("assets", lag: lag)
///     return [zip(cash, assets).map { $1 > 0 ? $0 / $1 : .nan }]
///   }
/// }
/// ```
public protocol FeatureRecipe: Sendable {
  /// The name by which configurations ask for the recipe.
  static var identifier: String { get }
  /// A number to raise whenever the recipe's results change; part of the cache key.
  static var version: Int { get }
  /// What the recipe computes, in one line for the schema.
  static var summary: String { get }
  /// Reads the parameters of one declaration; unknown ones are rejected by the caller.
  init(from reader: inout ConfigurationReader) throws(ConfigurationError)
  /// Fixes the inputs, given the names of all features that earlier recipes compute.
  ///
  /// Called once, before anything else; this is where `roa*` becomes a list of names.
  mutating func resolve(features: [String]) throws(ConfigurationError)
  /// What `compute` reads by name, so that misspelled names are found before any file is opened.
  var inputs: [RecipeInput] { get }
  /// The names of the features, in the order in which `compute` returns them; valid after `resolve`.
  var featureNames: [String] { get }
  /// Whether a value depends on other firms of the same decision date; such features have no lags.
  var isCrossSectional: Bool { get }
  /// Whether `compute` can be asked for earlier fiscal periods, so that changes can be taken of the
  /// features; `lag` is 0 where not.
  var hasLags: Bool { get }
  /// Whether the features replace earlier ones of the same names (winsorising) or are new.
  var replacesInputs: Bool { get }
  /// Computes the features for every row, with all inputs moved `lag` fiscal periods into the past.
  ///
  /// - Returns: one array for each name of `featureNames`, with one value for each row; NaN is
  ///   missing, infinities are an error.
  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]]
}

extension FeatureRecipe {
  /// Most recipes say what they are.
  public static var summary: String { "" }
  /// Most recipes have nothing to expand.
  public mutating func resolve(features: [String]) throws(ConfigurationError) {}
  /// A recipe that does not list its inputs has their names checked when it reads them.
  public var inputs: [RecipeInput] { [] }
  /// Features that compare the firms of one decision date have no lags, others do.
  public var hasLags: Bool { !isCrossSectional }
  /// Most recipes look at one firm at a time.
  public var isCrossSectional: Bool { false }
  /// Most recipes add features.
  public var replacesInputs: Bool { false }
}
