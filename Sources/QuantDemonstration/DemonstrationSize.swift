package import QuantCore

/// How many firms and quarters the demonstration data holds.
public enum DemonstrationSize: String, CaseIterable, Sendable {
  /// 60 firms at a time over 32 quarters, for tests: about 5 MB.
  case tiny
  /// 300 firms at a time over 93 quarters, 1998Q1 to 2021Q1: about 75 MB.
  case small
  /// 4,000 firms at a time over the same 93 quarters: about 1 GB.
  case full

  /// Number of firms listed at any one time; a firm that leaves is followed by a new one.
  public var firmCount: Int {
    switch self {
    case .tiny: 60
    case .small: 300
    case .full: 4000
    }
  }

  /// Number of decision dates, the last of which is the end of 2021Q1.
  public var quarterCount: Int {
    switch self {
    case .tiny: 32
    case .small, .full: 93
    }
  }

  /// Number of features that the configuration written beside the data asks for.
  public var featureCount: Int {
    switch self {
    case .tiny, .small: DemonstrationConfiguration.smallFeatureCount
    case .full: DemonstrationConfiguration.fullFeatureCount
    }
  }

  /// The last decision period.
  package var lastPeriod: Period { Period(.quarterly, ordinal: 2021 * 4) }

  /// The first decision period.
  package var firstPeriod: Period { lastPeriod.advanced(by: 1 - quarterCount) }

  /// The first simulated quarter: a year before the first decision, so that growth over four
  /// quarters and momentum over a year exist from the start.
  package var firstSimulated: Period { firstPeriod.advanced(by: -4) }
}
