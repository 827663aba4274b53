internal import QuantCore

/// deals.csv: what a deal database says at the end of the data.
enum DealTable {
  /// One line for each announcement, in order of time; the target is known by its CIK alone.
  ///
  /// A deal that ends after the data is still pending: neither completed nor withdrawn.
  static func text(_ deals: [PlantedDeal], end: CalendarDate) -> String {
    let ordered = deals.filter { $0.announced <= end }.sorted {
      ($0.announced, $0.gvkey) < ($1.announced, $1.gvkey)
    }
    var lines = TextLines()
    lines.text("deal_id,target_cik,announced,completed,withdrawn,premium\n")
    for (index, deal) in ordered.enumerated() {
      let number = String(index + 1)
      lines.text("D" + String(repeating: "0", count: max(0, 6 - number.utf8.count)) + number)
      lines.text(",\(deal.reportedCIK),\(deal.announced),")
      if let completed = deal.completed, completed <= end { lines.date(completed) }
      lines.comma()
      if let withdrawn = deal.withdrawn, withdrawn <= end { lines.date(withdrawn) }
      lines.comma()
      lines.decimal(deal.premium)
      lines.newline()
    }
    return String(decoding: lines.bytes, as: UTF8.self)
  }
}

/// spy.csv: a fund on the market of the simulation.
enum BenchmarkTable {
  /// Close without and with dividends, which are paid on the last trading day of each quarter.
  static func text(_ calendar: DemonstrationCalendar) -> String {
    var value = 75.0
    var values: [Double] = []
    for change in calendar.marketReturns {
      value *= 1 + change
      values.append(value)
    }
    // A fund that pays 0.4 % a quarter: its price falls behind the index by every dividend.
    var paid = [Double](repeating: 1, count: values.count)
    for range in calendar.dayRanges {
      for day in range.upperBound - 1..<values.count { paid[day] *= 1 - 0.004 }
    }
    // Adjusted so that the last adjusted close is the last close.
    let scale = paid.last ?? 1
    var lines = TextLines()
    lines.text("date,close,adj_close\n")
    for day in values.indices {
      lines.date(calendar.date(day))
      lines.comma()
      lines.decimal(values[day] * paid[day], scale: 100)
      lines.comma()
      lines.decimal(values[day] * scale, scale: 10_000)
      lines.newline()
    }
    return String(decoding: lines.bytes, as: UTF8.self)
  }
}
