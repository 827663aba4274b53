/// Which dates are audited.
///
/// At a decision date all that came after it is changed, which is the strictest test for its rows.
/// Where there are fewer decision dates than asked for, days between them are added: these test that
/// labels which became known in between stand still. Dates after which half of the sources have
/// nothing more are left out.
enum AuditDates {
  /// Decision days that have rows and known labels by then, before the last day of the sources.
  static func candidates(_ content: PanelContent, before lastDay: Int32) -> [Int32] {
    var hasLabel = [Bool](repeating: false, count: content.labels.horizons.count)
    var days: [Int32] = []
    for (place, range) in content.rows.ranges.enumerated() where !range.isEmpty {
      for (index, labels) in content.labels.horizons.enumerated() where !hasLabel[index] {
        hasLabel[index] = range.contains { labels.y[$0] != PanelLabels.unknown }
      }
      let day = content.rows.decisionDays[place]
      if hasLabel.allSatisfy({ $0 }), day < lastDay { days.append(day) }
    }
    return days
  }

  /// So many dates, evenly spread, ascending; fewer where there are not so many days.
  static func spread(_ count: Int, over candidates: [Int32], before lastDay: Int32) -> [Int32] {
    guard let first = candidates.first else { return [] }
    if candidates.count >= count {
      guard count > 1 else { return [candidates[candidates.count / 2]] }
      return (0..<count).map { candidates[$0 * (candidates.count - 1) / (count - 1)] }
    }
    var days = Set(candidates)
    let end = candidates.count > 1 ? [] : [lastDay]
    // Halve the widest gap until there are enough.
    while days.count < count {
      let sorted = days.sorted() + end
      var widest = (length: Int32(1), day: first)
      for (left, right) in zip(sorted, sorted.dropFirst()) where right - left > widest.length {
        widest = (right - left, left + (right - left) / 2)
      }
      guard days.insert(widest.day).inserted else { break }
    }
    return days.sorted()
  }
}
