/// The parameters `of`, `prefix` and `names`, which most recipes share.
///
/// ```swift
/// struct Doubled: FeatureRecipe {
///   static let identifier = "doubled"
///   static let version = 1
///   private var of: NamedInputs
///   init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
///     of = try NamedInputs(from: &reader)
///   }
///   mutating func resolve(features: [String]) throws(ConfigurationError) {
///     try of.resolve(features: features) { ["\($0)_doubled"] }
///   }
///   var inputs: [RecipeInput] { of.inputs() }
///   var featureNames: [String] { of.featureNames }
///   func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
///     try of.map { (name) throws(CompileError) in
///       try context.values(name, lag: lag).map { 2 * $0 }
///     }
///   }
/// }
/// ```
public struct NamedInputs: Sendable {
  /// The names of the features, one or more for each input; valid after `resolve`.
  public private(set) var featureNames: [String] = []
  private var list: InputList
  private let naming: FeatureNaming

  /// Reads the three parameters.
  ///
  /// - Throws: `ConfigurationError` naming the parameter.
  public init(
    from reader: inout ConfigurationReader, kind: RecipeInput.Kind = .any
  ) throws(ConfigurationError) {
    let help =
      switch kind {
      case .any: "columns or earlier features; 'roa*' is a family of features"
      case .column: "columns of the sources"
      case .feature: "earlier features; 'roa*' is a family of them"
      }
    list = try InputList(from: &reader, "of", kind: kind, help)
    naming = try FeatureNaming(from: &reader)
  }

  /// The names of the inputs; valid after `resolve`.
  public var names: [String] { list.names }

  /// Expands patterns and names the features, `made` giving those of one input.
  ///
  /// - Throws: `ConfigurationError` where a pattern matches nothing or `names` has another length.
  public mutating func resolve(
    features: [String], made: (String) -> [String]
  ) throws(ConfigurationError) {
    try list.resolve(features: features)
    featureNames = try naming.names(list.names.flatMap(made))
  }

  /// What a recipe returns as its `inputs`.
  public func inputs(longestLag: Int = 0) -> [RecipeInput] { list.inputs(longestLag: longestLag) }

  /// One value for each input, in order.
  public func map<Value, Failure: Error>(
    _ body: (String) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    var values: [Value] = []
    for name in list.names { values.append(try body(name)) }
    return values
  }
}
