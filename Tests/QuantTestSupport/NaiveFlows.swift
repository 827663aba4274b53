/// What single quarters and trailing years of a flow mean, written for reading and not for speed.
///
/// Values are those known at one decision date, one for each fiscal year and quarter; the compile has
/// its own, faster code, which must agree.
public struct NaiveFlows: Sendable {
  /// How a source counts a flow.
  public enum Counting: Sendable, CaseIterable {
    /// Each quarterly record holds its own quarter.
    case single
    /// Each record counts from the start of the fiscal year.
    case yearToDate
    /// The first three records hold their quarter, the fourth holds the year.
    case quarterThenYear
  }

  /// A fiscal quarter, 1 to 4, of a fiscal year.
  public struct Quarter: Hashable, Sendable {
    /// The fiscal year.
    public var year: Int
    /// 1 to 4.
    public var quarter: Int

    /// Creates a quarter.
    public init(_ year: Int, _ quarter: Int) {
      self.year = year
      self.quarter = quarter
    }

    /// The quarter some quarters earlier.
    public func earlier(_ count: Int) -> Quarter {
      let ordinal = year * 4 + quarter - 1 - count
      return Quarter(ordinal / 4, ordinal % 4 + 1)
    }
  }

  /// How the source counts.
  public var counting: Counting
  /// The values as reported; a quarter that is not there was not reported or not known yet.
  public var reported: [Quarter: Double]

  /// Creates flows.
  public init(_ counting: Counting, _ reported: [Quarter: Double]) {
    self.counting = counting
    self.reported = reported
  }

  /// The flow of one quarter alone, or `nil` where a value that it needs is missing.
  public func single(_ at: Quarter) -> Double? {
    guard let value = reported[at] else { return nil }
    let earlier = (1..<at.quarter).map { reported[Quarter(at.year, $0)] }
    switch counting {
    case .single: return value
    case .yearToDate:
      guard at.quarter > 1 else { return value }
      return earlier[at.quarter - 2].map { value - $0 }
    case .quarterThenYear:
      guard at.quarter == 4 else { return value }
      return sum(earlier).map { value - $0 }
    }
  }

  /// The flow of the four quarters that end with one, or `nil` where a value that it needs is missing.
  ///
  /// Last year is moved forward: what this year has so far comes in, the same quarters of last year go.
  public func trailingYear(_ at: Quarter) -> Double? {
    let quarters = (1...at.quarter).map { Quarter(at.year, $0) }
    switch counting {
    case .single: return sum((0..<4).map { reported[at.earlier($0)] })
    case _ where at.quarter == 4: return reported[at]
    case .yearToDate: return moved(at.year, in: [at], out: [at.earlier(4)])
    case .quarterThenYear:
      return moved(at.year, in: quarters, out: quarters.map { $0.earlier(4) })
    }
  }

  private func moved(_ year: Int, in new: [Quarter], out old: [Quarter]) -> Double? {
    guard let lastYear = reported[Quarter(year - 1, 4)], let plus = sum(new.map { reported[$0] }),
      let minus = sum(old.map { reported[$0] })
    else { return nil }
    return plus + lastYear - minus
  }

  private func sum(_ values: [Double?]) -> Double? {
    let present = values.compactMap { $0 }
    return present.count == values.count ? present.reduce(0, +) : nil
  }
}
