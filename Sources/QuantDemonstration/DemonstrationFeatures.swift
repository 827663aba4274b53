/// The list of recipes of the demonstration: 76 features, or 200 for the size full.
enum DemonstrationFeatures {
  static func text(isFull: Bool) -> String {
    (isFull ? [base, more] : [base]).joined(separator: "\n")
  }

  /// 76 features from all families of recipes.
  private static let base = """
          // Shape of the balance sheet, as shares of assets: 9.
          {
            recipe: "ratio",
            numerators: [
              "cheq", "ltq", "seqq", "dlttq", "dlcq", "rectq", "invtq", "ppentq", "spiq",
            ],
            denominators: ["atq"],
          },
          // Liquidity, and how cheap the firm is: 2.
          { recipe: "ratio", numerators: ["actq"], denominators: ["lctq"] },
          { recipe: "ratio", numerators: ["seqq"], denominators: ["mkvaltq"] },
          // Flows over four quarters, which have no season; year-to-date columns are unwound: 7.
          {
            recipe: "trailingYear",
            of: ["revtq", "niq", "oiadpq", "xrdq", "oancfy", "capxy", "dvy"],
          },
          // The same by size and by price: 6 and 3.
          {
            recipe: "ratio",
            numerators: [
              "revtq_trailing_year", "niq_trailing_year", "oiadpq_trailing_year",
              "xrdq_trailing_year", "oancfy_trailing_year", "capxy_trailing_year",
            ],
            denominators: ["atq"],
          },
          {
            recipe: "ratio",
            numerators: ["niq_trailing_year", "oancfy_trailing_year", "dvy_trailing_year"],
            denominators: ["mkvaltq"],
          },
          // Size on a scale on which it is not skewed: 3.
          { recipe: "signedLog", of: ["atq", "mkvaltq", "revtq_trailing_year"] },
          // What moved, over a quarter and over a year: 6.
          {
            recipe: "change",
            of: ["cheq_to_atq", "ltq_to_atq", "niq_trailing_year_to_atq"],
            periods: [1, 4],
          },
          // Growth; |x before| is the base, so that a loss that shrinks is growth: 9.
          { recipe: "growth", of: ["atq", "revtq", "cshoq"], periods: [1, 4, 8] },
          // How steady the returns on assets were over two years: 3.
          {
            recipe: "rolling",
            of: ["niq_trailing_year_to_atq"],
            periods: [8],
            minimum: 5,
            statistics: ["mean", "sd", "slope"],
          },
          // From the annual reports, where they say more: 3 and 1.
          { recipe: "ratio", numerators: ["xrd", "ni", "capx"], denominators: ["at"] },
          { recipe: "level", of: ["emp"] },
          // Extremes are pulled in, quarter by quarter; this adds no feature.
          { recipe: "winsorize", of: ["atq_growth*", "revtq_*", "cshoq_*", "seqq_to_mkvaltq"] },
          // The place among the firms of the same quarter: 4, and distance from their mean: 3.
          { recipe: "rank", of: ["atq", "mkvaltq", "seqq_to_mkvaltq", "cheq_to_atq"] },
          {
            recipe: "zscore",
            of: ["ltq_to_atq", "niq_trailing_year_to_atq", "revtq_growth_4"],
          },
          // Whether something was reported at all: 4.
          { recipe: "missing", of: ["xrdq", "invtq", "oancfy", "dlttq"] },
          // Prices up to the decision date: 3 + 1 + 2 + 1 + 2 + 1.
          { recipe: "momentum", days: [63, 126, 252], skip: 21 },
          { recipe: "momentum", days: 21, skip: 0 },
          { recipe: "volatility", days: [63, 252] },
          { recipe: "drawdown", days: 252 },
          { recipe: "dollarVolume", days: [21, 63] },
          { recipe: "level", of: ["prccq"] },
          // How old the news is: 3.
          { recipe: "recordAge" },
          { recipe: "recency" },
          { recipe: "recordAge", source: "annual" },
    """

  /// 124 more, to bring the size full to 200.
  private static let more = """
          // The size full asks for more of the same, up to 200 features.
          {
            recipe: "ratio",
            numerators: ["cogsq", "xrdq", "oiadpq", "dpq", "niq", "oancfy", "capxy"],
            denominators: ["revtq"],
          },
          {
            recipe: "ratio",
            numerators: ["cheq", "ltq", "dlttq", "revtq", "oiadpq"],
            denominators: ["mkvaltq"],
          },
          {
            recipe: "change",
            of: [
              "cheq_to_atq", "ltq_to_atq", "seqq_to_atq", "dlttq_to_atq", "rectq_to_atq",
              "invtq_to_atq", "ppentq_to_atq", "actq_to_lctq", "oiadpq_to_revtq", "niq_to_revtq",
            ],
            periods: [2, 8],
          },
          {
            recipe: "growth",
            of: ["cheq", "ltq", "seqq", "ppentq", "oiadpq", "mkvaltq", "xrdq", "cogsq"],
            periods: [1, 4, 8],
          },
          {
            recipe: "rolling",
            of: ["cheq_to_atq", "ltq_to_atq", "oiadpq_to_revtq", "dlttq_to_atq"],
            periods: [4, 8],
            minimum: 3,
            statistics: ["mean", "sd", "slope"],
          },
          {
            recipe: "rank",
            of: [
              "ltq_to_atq", "seqq_to_atq", "dlttq_to_atq", "rectq_to_atq", "invtq_to_atq",
              "ppentq_to_atq", "actq_to_lctq", "oiadpq_to_revtq", "niq_to_revtq", "revtq_growth_4",
              "atq_growth_4", "cheq_to_mkvaltq", "ltq_to_mkvaltq", "revtq_to_mkvaltq",
            ],
          },
          {
            recipe: "zscore",
            of: [
              "cheq_to_atq", "seqq_to_atq", "dlttq_to_atq", "ppentq_to_atq", "actq_to_lctq",
              "oiadpq_to_revtq", "atq_growth_4", "mkvaltq_growth_4",
            ],
          },
          {
            recipe: "missing",
            of: ["actq", "lctq", "cheq", "rectq", "ppentq", "dlcq", "revtq", "niq", "capxy", "dvy"],
          },
          {
            recipe: "ratio",
            numerators: ["lt", "che", "dltt", "oancf", "oiadp"],
            denominators: ["at"],
          },
          { recipe: "momentum", days: [42, 189, 504], skip: 21 },
          { recipe: "volatility", days: [21, 126] },
          { recipe: "drawdown", days: [63] },
          { recipe: "dollarVolume", days: 252 },
    """
}
