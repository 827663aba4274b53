extension RankedLabels {
  /// The number of events among the `k` best rows, or fewer where there are not so many rows.
  public func hits(at k: Int) -> Int {
    labels.prefix(max(0, k)).reduce(0) { $0 + Int($1) }
  }

  /// The share of events among the `k` best rows.
  ///
  /// Ties are broken by key. Undefined where `k` exceeds the number of rows: a share of fewer rows
  /// would not be comparable.
  public func precision(at k: Int) -> MetricValue {
    if let reason = unsupported(k) { return .undefined(reason) }
    return .value(Double(hits(at: k)) / Double(k))
  }

  /// The precision at `k` over the share of events in all rows: 1 is no better than chance.
  ///
  /// Undefined without events, and where `k` exceeds the number of rows.
  public func lift(at k: Int) -> MetricValue {
    if let reason = unsupported(k) { return .undefined(reason) }
    guard events > 0 else { return .undefined("no events in \(count) rows") }
    // hits / k over events / n, with one rounding of each product and of the quotient.
    return .value(Double(hits(at: k) * count) / Double(k * events))
  }

  /// The normalised discounted cumulative gain of the `k` best rows, with gain 1 for an event.
  ///
  /// A row of rank r counts 1 / log2(r + 1); the sum is divided by that of the best possible order
  /// (Järvelin and Kekäläinen, 2002). Ties are broken by key, not averaged. Undefined without events,
  /// and where `k` exceeds the number of rows.
  public func normalizedDiscountedCumulativeGain(at k: Int) -> MetricValue {
    if let reason = unsupported(k) { return .undefined(reason) }
    guard events > 0 else { return .undefined("no events in \(count) rows") }
    var (gained, ideal) = (ExactSum(), ExactSum())
    for rank in 1...k {
      // The base of the logarithm cancels.
      let discount = 1 / Elementary.log(Double(rank + 1))
      if labels[rank - 1] == 1 { gained.add(discount) }
      if rank <= events { ideal.add(discount) }
    }
    return .value(gained.value / ideal.value)
  }

  private func unsupported(_ k: Int) -> String? {
    if k < 1 { return "K is \(k), at least 1 is needed" }
    return k > count ? "K is \(k), there are \(count) rows" : nil
  }
}
