/// `ratio`: every numerator over every denominator, where the denominator is safe to divide by.
///
/// A pure number. NaN where either part is missing, where the denominator fails the guard, and where
/// the quotient is too large for float32. Features are called `net_income_to_assets`, all denominators
/// of the first numerator first.
struct RatioRecipe: FeatureRecipe {
  /// Which denominators are safe.
  enum Guard: String, CaseIterable {
    /// Above the floor.
    case positive
    /// Above the floor in absolute value.
    case nonzero
  }

  static let identifier = "ratio"
  static let version = 1
  static let summary = "every numerator over every denominator"
  private var numerators: InputList
  private var denominators: InputList
  private let rule: Guard
  private let floor: Double
  private let naming: FeatureNaming
  private(set) var featureNames: [String] = []

  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    numerators = try InputList(from: &reader, "numerators")
    denominators = try InputList(from: &reader, "denominators")
    rule = try reader.choice(
      "guard", default: Guard.positive,
      "which denominators are used, NaN otherwise: above the floor, or above it in absolute value")
    floor = try reader.number(
      "floor", default: 0, "denominators at or below this give NaN", accepted: "x ≥ 0 and finite"
    ) { $0 >= 0 && $0.isFinite }
    naming = try FeatureNaming(from: &reader)
  }

  mutating func resolve(features: [String]) throws(ConfigurationError) {
    try numerators.resolve(features: features)
    try denominators.resolve(features: features)
    featureNames = try naming.names(
      numerators.names.flatMap { top in denominators.names.map { "\(top)_to_\($0)" } })
  }

  var inputs: [RecipeInput] { numerators.inputs() + denominators.inputs() }

  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    var bottoms: [[Float]] = []
    for name in denominators.names { bottoms.append(try context.values(name, lag: lag)) }
    var features: [[Float]] = []
    let rule = rule, floor = floor
    for name in numerators.names {
      let top = try context.values(name, lag: lag)
      for bottom in bottoms {
        features.append(
          context.rowValues { row in
            let divisor = Double(bottom[row])
            guard (rule == .positive ? divisor : divisor.magnitude) > floor else { return .nan }
            return Float(finiteOrMissing: Double(top[row]) / divisor)
          })
      }
    }
    return features
  }
}
