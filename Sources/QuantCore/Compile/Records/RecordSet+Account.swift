extension RecordSet {
  /// Where the rows of the source went: used is what was in use on some decision date.
  func account(decisionDays: [Int32]) throws(CompileError) -> SourceAccount {
    var drops = self.drops
    var used = 0
    for group in groupMonth.indices {
      let versions = records(of: group)
      for record in versions {
        let next = record + 1 < versions.upperBound ? available[record + 1] : .max
        guard let day = decisionDays.first(where: { $0 >= available[record] }) else {
          drops.add("neverVisible")
          continue
        }
        switch source.restatements {
        case .latestKnown:
          if day < next { used += 1 } else { drops.add("supersededBeforeDecision") }
        case .firstReported:
          if record == versions.lowerBound { used += 1 } else { drops.add("laterVersion") }
        }
      }
    }
    return try drops.account(source: source.name, rowsIn: rowsIn, rowsUsed: used)
  }
}
