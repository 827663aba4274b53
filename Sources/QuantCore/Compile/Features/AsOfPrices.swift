/// For each row of a panel the prices of its firm that were known at its decision date.
struct AsOfPrices: Sendable {
  private let book: PriceBook
  private let firm: [Int32]
  private let days: [Int32]
  // Searched once, because looking a day up among the ticks of another firm for every row and
  // statistic takes longer than the statistics.
  private let ends: [Int32]

  /// Finds the last tick of each row.
  init(_ book: PriceBook, rows: PanelRows, threads: Int) {
    let days = rows.days
    self.book = book
    self.days = days
    firm = rows.firm
    ends = RowColumns.make(count: rows.count, threads: threads, zero: 0) { row in
      Int32(book.firms.span[Int(rows.firm[row])].end(on: days[row]))
    }
  }

  /// A statistic for each row, as of its decision date.
  func values(of statistic: PriceStatistic, threads: Int) -> [Float] {
    RowColumns.make(count: firm.count, threads: threads, zero: Float.nan) { row in
      // Through a span, because an element of an array would be copied, with a count of references
      // for each of its arrays.
      book.firms.span[Int(firm[row])].value(of: statistic, on: days[row], end: Int(ends[row]))
    }
  }

  /// The share of rows with a price on or shortly before the decision date; 0 where there is no row.
  var pricedRate: Double {
    ends.isEmpty ? 0 : Double(ends.count { $0 > 0 }) / Double(ends.count)
  }
}
