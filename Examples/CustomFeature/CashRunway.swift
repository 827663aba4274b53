import QuantCore

/// How many quarters a firm can go on with the cash it has, at the rate at which it used cash in its
/// last quarter.
///
/// Cash over the cash used by operations, in quarters; `limit` where operations earn cash, and at
/// most `limit`. NaN where either is missing.
struct CashRunway: FeatureRecipe {
  static let identifier = "cashRunway"
  static let version = 1
  static let summary = "quarters until the cash is used up"

  private let cash: String
  private let cashFlow: String
  private let limit: Double

  /// Reads the parameters; the same calls give `quant config schema` its lines.
  init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    cash = try reader.string("cash", "column of cash")
    cashFlow = try reader.string("cashFlow", "column of cash flow from operations")
    limit = try reader.number(
      "limit", default: 40, "quarters at most", accepted: "x > 0"
    ) { $0 > 0 && $0.isFinite }
  }

  var featureNames: [String] { ["cash_runway"] }

  var inputs: [RecipeInput] {
    [
      RecipeInput(cash, parameter: "\(Self.identifier).cash"),
      RecipeInput(cashFlow, parameter: "\(Self.identifier).cashFlow"),
    ]
  }

  /// The context shows, for each row, what was known at its decision date, and no more.
  func compute(in context: any RecipeContext, lag: Int) throws(CompileError) -> [[Float]] {
    let available = try context.values(cash, lag: lag)
    let flow = try context.values(cashFlow, lag: lag)
    return [
      zip(available, flow).map { cash, flow in
        if cash.isNaN || flow.isNaN { return .nan }
        if flow >= 0 { return Float(limit) }
        return Float(min(limit, max(0, Double(cash)) / -Double(flow)))
      }
    ]
  }
}
