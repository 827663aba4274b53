/// One name that a recipe reads: an earlier feature or a source column.
public struct RecipeInput: Hashable, Sendable {
  /// What the name may stand for.
  public enum Kind: Hashable, Sendable {
    /// An earlier feature, or else a column of a source.
    case any
    /// A column of a source.
    case column
    /// An earlier feature.
    case feature
  }

  /// The name.
  public var name: String
  /// What it may stand for.
  public var kind: Kind
  /// The most fiscal periods by which the recipe moves this input into the past.
  public var longestLag: Int
  /// Where the name stands in the configuration, such as `compile.features[3].of[0]`.
  public var parameter: String

  /// Creates an input.
  public init(_ name: String, kind: Kind = .any, longestLag: Int = 0, parameter: String) {
    self.name = name
    self.kind = kind
    self.longestLag = longestLag
    self.parameter = parameter
  }
}
