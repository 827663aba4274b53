package import QuantCore

/// One line of a fundamentals table: a fiscal period as it was reported on one day.
struct Filing: Sendable {
  let periodEnd: CalendarDate
  /// The day on which the report became public.
  let filed: CalendarDate
  /// Whether the table says so; without it a reader has to assume a safe lag.
  let isDated: Bool
  let fiscalYear: Int
  let fiscalQuarter: Int
  let isAmendment: Bool
  /// In the order of the table's columns; NaN is missing.
  var values: [Double]
}

/// A record that was reported twice with different values.
package struct PlantedRestatement: Sendable, Hashable {
  package let gvkey: String
  package let periodEnd: CalendarDate
  /// The day of the first report.
  package let firstFiled: CalendarDate
  /// The day of the second.
  package let restated: CalendarDate
  /// Net income by assets in the first report and in the second, as fractions.
  package let first: Double
  package let second: Double
  /// Whether a deal was announced between the two reports.
  package let followsDeal: Bool
}

/// Columns of fundamentals_quarterly.csv behind the keys; those in `y` count from the start of the
/// fiscal year.
enum QuarterlyColumn: Int, CaseIterable {
  case atq, actq, lctq, ltq, seqq, cheq, rectq, invtq, ppentq, dlttq, dlcq
  case revtq, cogsq, xrdq, oiadpq, dpq, niq, spiq
  case cshoq, prccq, mkvaltq
  case oancfy, capxy, dvy
}

/// Columns of fundamentals_annual.csv behind the keys.
enum AnnualColumn: Int, CaseIterable {
  case at, lt, seq, che, dltt, ppent, revt, cogs, xrd, oiadp, dp, ni, oancf, capx, dv, emp
}
