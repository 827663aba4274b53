/// Labels of one horizon before they are written: one element for each row.
struct LabelColumns: Sendable {
  /// How far ahead.
  let horizon: Horizon
  /// 1, 0, or 255 where unknown.
  let y: [UInt8]
  /// The day on which the label is known, in days since 1970-01-01.
  let knownOn: [Int32]
}

/// Labels of all horizons, and the last day that their source covers.
struct LabelSet: Sendable {
  /// One entry for each horizon, ascending.
  let horizons: [LabelColumns]
  /// The last day that the source covers, in days since 1970-01-01.
  let coveredTo: Int32
}

extension LabelSet {
  /// Labels from announcements: 1 where the firm has one in (decision date, decision date + h].
  ///
  /// A label is known when its window has ended and the source had time to record it; it is unknown
  /// where that day lies past the end of the source, or where the window begins before the source
  /// does. Positives are held back like negatives.
  ///
  /// A firm that leaves the market within the window without an announcement is 0: the label is the
  /// cumulative incidence of the event with other exits as competing risks, not its hazard among firms
  /// that stay. Leaving such rows out would need to know the future.
  ///
  /// - Throws: `CompileError.horizonTooLong` where no row's label is known.
  init(rows: PanelRows, deals: DealSet, rule: LabelRule) throws(CompileError) {
    let announcements = deals.announcementsByFirm
    var horizons: [LabelColumns] = []
    for horizon in rule.horizons {
      var y: [UInt8] = []
      var knownOn: [Int32] = []
      y.reserveCapacity(rows.count)
      knownOn.reserveCapacity(rows.count)
      var isAnyKnown = false
      for (period, range) in rows.ranges.enumerated() {
        let day = rows.decisionDays[period]
        let end = CalendarDate(daysSinceEpoch: day).addingMonths(horizon.months).daysSinceEpoch
        let known = end + Int32(rule.recordingLagDays)
        let isKnown = known <= deals.coveredTo && day >= deals.coveredFrom - 1
        isAnyKnown = isAnyKnown || (isKnown && !range.isEmpty)
        for row in range {
          let days = announcements[Int(rows.firm[row])]
          let isEvent = days.contains { $0 > day && $0 <= end }
          y.append(isKnown ? (isEvent ? 1 : 0) : PanelLabels.unknown)
          knownOn.append(known)
        }
      }
      guard isAnyKnown else {
        throw .horizonTooLong(
          horizon, firstDecision: CalendarDate(daysSinceEpoch: rows.decisionDays[0]),
          coveredTo: CalendarDate(daysSinceEpoch: deals.coveredTo))
      }
      horizons.append(LabelColumns(horizon: horizon, y: y, knownOn: knownOn))
    }
    self.horizons = horizons
    coveredTo = deals.coveredTo
  }

  /// Labels from a 0/1 column of the record in use; the window counts from its period end.
  ///
  /// An empty field is unknown, and so is the label of a record whose window is over by the decision
  /// date: nothing is left to predict, and an old record is often old because the event has happened.
  ///
  /// - Throws: `CompileError.table` for any other value, `.horizonTooLong` where none is known.
  init(
    rows: PanelRows, records: RecordSet, inUse: [Int32], column: String, rule: LabelRule,
    table: RawTable
  ) throws(CompileError) {
    let labels = records.labels ?? []
    let horizon = rule.horizons[0]
    var y: [UInt8] = []
    var knownOn: [Int32] = []
    var coveredTo = Int32.min
    let periods = rows.periodIndex
    for row in 0..<rows.count {
      let record = Int(inUse[row])
      let end = CalendarDate(daysSinceEpoch: records.periodEnd[record])
        .addingMonths(horizon.months).daysSinceEpoch
      let known = end + Int32(rule.recordingLagDays)
      knownOn.append(known)
      let value = labels[record]
      let isOver = end <= rows.decisionDays[Int(periods[row])]
      switch value {
      case 0, 1: y.append(isOver ? PanelLabels.unknown : value == 1 ? 1 : 0)
      case _ where value.isNaN: y.append(PanelLabels.unknown)
      default:
        throw .table(
          TableError(
            .value, file: table.file, line: table.line(ofRow: Int(records.tableRow[record])),
            column: column, value: "\(value) is no label", accepted: "0, 1 or empty"))
      }
      coveredTo = max(coveredTo, known)
    }
    guard y.contains(where: { $0 != PanelLabels.unknown }) else {
      throw .horizonTooLong(
        horizon, firstDecision: CalendarDate(daysSinceEpoch: rows.decisionDays[0]),
        coveredTo: CalendarDate(daysSinceEpoch: coveredTo))
    }
    horizons = [LabelColumns(horizon: horizon, y: y, knownOn: knownOn)]
    self.coveredTo = coveredTo
  }
}

extension DealSet {
  /// The days of announcement of each firm, ascending.
  var announcementsByFirm: [[Int32]] {
    let firms = firmCount
    return (0..<firms).map { firm in
      deals(of: firm).map { deals[Int($0)].announced }.sorted()
    }
  }
}
