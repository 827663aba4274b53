/// What is measured: the `evaluate` section of a configuration.
public struct EvaluationRule: Codable, Hashable, Sendable {
  /// Numbers of best rows for precision, lift and discounted gain.
  public var topK: [Int]
  /// How many of the best rows are selected.
  public var selection: Int
  /// Bins of the reliability tables.
  public var bins: Int

  /// The defaults: the best 10, 25, 50 and 100 rows, a selection of 50, 10 bins.
  public init() {
    topK = [10, 25, 50, 100]
    selection = 50
    bins = 10
  }

  /// Reads the `evaluate` section.
  ///
  /// - Throws: `ConfigurationError` for a field that is unknown or out of range.
  public init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    let defaults = EvaluationRule()
    topK = try reader.integers(
      "topK", default: defaults.topK,
      "numbers of best rows for precision, lift and discounted gain", in: 1...1_000_000)
    selection = try reader.integer(
      "selection", default: defaults.selection, "how many of the best rows are selected",
      in: 1...1_000_000)
    bins = try reader.integer(
      "bins", default: defaults.bins, "bins of the reliability tables", in: 1...10_000)
  }
}
