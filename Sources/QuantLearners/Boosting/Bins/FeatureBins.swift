/// What the codes of a feature stand for.
enum FeatureBins: Hashable, Sendable {
  /// Ranges of numbers: the upper boundaries of all bins but the last, ascending.
  case numbers([Float])
  /// Categories, the most frequent first.
  case categories([Int32])

  /// How many bins there are, if there is any value.
  var count: Int {
    switch self {
    case .numbers(let boundaries): boundaries.count + 1
    case .categories(let categories): categories.count
    }
  }
}

extension Tree.Question {
  /// Translates a question about codes to one about values.
  init(_ question: BinQuestion, bins: FeatureBins) {
    switch (question, bins) {
    case (.atMost(let bin, _), .numbers(let boundaries)):
      // The last bin has no boundary: every value goes left, and missing ones right.
      self = .atMost(bin < boundaries.count ? boundaries[bin] : .infinity)
    case (.isOneOf(let set), .categories(let categories)):
      self = .isOneOf(CategorySet(set.codes.map { Int(categories[$0]) }))
    case (.atMost, .categories), (.isOneOf, .numbers):
      preconditionFailure("a question does not suit its feature")
    }
  }
}
