/// Compares two compiles up to a decision date, value by value and bit by bit.
struct PanelComparison: Sendable {
  let old: PanelContent
  let new: PanelContent
  let cut: Int32
  let keyNames: [String]
  let threads: Int
  let pairs: RowPairs

  init(_ old: PanelContent, _ new: PanelContent, upTo cut: Int32, keyNames: [String], threads: Int)
  {
    self.old = old
    self.new = new
    self.cut = cut
    self.keyNames = keyNames
    self.threads = threads
    pairs = RowPairs(old, new, upTo: cut)
  }

  /// Rows, metadata, every feature, and the labels of every horizon.
  var targets: [TargetComparison] {
    [pairs.comparison, metadata] + features + labels
  }

  private func firstMove(_ place: Int, _ before: String, _ after: String) -> AuditedMove {
    AuditedMove(
      period: old.rows.periods[Int(pairs.period[place])],
      firm: old.firm(ofRow: Int(pairs.old[place])), old: before, new: after)
  }

  private var features: [TargetComparison] {
    ParallelFor.map(count: old.columns.count, threads: threads) { feature in
      var target = TargetComparison(subject: .feature, name: old.featureNames[feature])
      let before = old.columns[feature]
      let after = new.columns[feature]
      for place in pairs.old.indices {
        let value = before[Int(pairs.old[place])]
        let other = after[Int(pairs.new[place])]
        // All missing values are written as one NaN.
        if value.bitPattern == other.bitPattern || (value.isNaN && other.isNaN) { continue }
        target.moved += 1
        if target.first == nil {
          target.first = firstMove(place, Self.text(value), Self.text(other))
        }
      }
      target.values = pairs.old.count
      target.bytes = pairs.old.count * MemoryLayout<Float>.size
      return target
    }
  }

  private static func text(_ value: Float) -> String {
    value.isNaN ? "missing" : value.description
  }

  private var metadata: TargetComparison {
    var target = TargetComparison(subject: .metadata, name: "metadata")
    func describe(_ content: PanelContent, _ row: Int32) -> (numbers: [Int32], keys: [String]) {
      let record = Int(content.recordIndex[Int(row)])
      let records = content.records
      return (
        [records.periodEnd[record], records.available[record], Int32(records.flags[record])],
        keyNames.map { records.keys[$0]?[record] ?? "" }
      )
    }
    for place in pairs.old.indices {
      let before = describe(old, pairs.old[place])
      let after = describe(new, pairs.new[place])
      target.bytes += 9 + before.keys.reduce(0) { $0 + $1.utf8.count }
      guard before != after else { continue }
      target.moved += 1
      if target.first == nil {
        target.first = firstMove(place, Self.text(before), Self.text(after))
      }
    }
    target.values = pairs.old.count * (3 + keyNames.count)
    return target
  }

  private static func text(_ record: (numbers: [Int32], keys: [String])) -> String {
    let days = record.numbers.prefix(2).map { CalendarDate(daysSinceEpoch: $0).description }
    return "record of \(days[0]) known on \(days[1]), flags \(record.numbers[2])"
      + record.keys.map { ", '\($0)'" }.joined()
  }

  private var labels: [TargetComparison] {
    zip(old.labels.horizons, new.labels.horizons).map { before, after in
      var target = TargetComparison(subject: .labels, name: "y_\(before.horizon.months)m")
      for place in pairs.old.indices {
        let (row, other) = (Int(pairs.old[place]), Int(pairs.new[place]))
        let isKnown = before.knownOn[row] <= cut || after.knownOn[other] <= cut
        target.values += isKnown ? 2 : 1
        target.bytes += isKnown ? 5 : 4
        let isSame =
          before.knownOn[row] == after.knownOn[other]
          && (!isKnown || before.y[row] == after.y[other])
        if isSame { continue }
        target.moved += 1
        if target.first == nil {
          target.first = firstMove(
            place, Self.text(before.y[row], before.knownOn[row]),
            Self.text(after.y[other], after.knownOn[other]))
        }
      }
      return target
    }
  }

  private static func text(_ y: UInt8, _ knownOn: Int32) -> String {
    (y == PanelLabels.unknown ? "unknown" : String(y))
      + ", known on \(CalendarDate(daysSinceEpoch: knownOn))"
  }
}
