internal import QuantCore

/// The lines that the firms of one place contribute to each table.
struct DemonstrationTables: Sendable {
  var quarterly = TextLines()
  var annual = TextLines()
  var prices = TextLines()
  var identifiers = TextLines()
  var delistings = TextLines()
  /// Deals wait until all firms are known: their table is in order of time.
  var deals: [PlantedDeal] = []

  init(ofPlace place: Int, in simulation: DemonstrationSimulation, dates: [[UInt8]]) {
    for firm in simulation.firms(ofPlace: place) {
      let filings = FilingSimulator(firm, end: simulation.calendar.end)
      for filing in filings.quarterly { write(filing, of: firm, isAnnual: false) }
      for filing in filings.annual { write(filing, of: firm, isAnnual: true) }
      writePrices(of: firm, dates: dates)
      for link in firm.links {
        identifiers.text("\(link.cik),\(firm.gvkey),\(link.from),")
        if let to = link.to { identifiers.date(to) }
        identifiers.newline()
      }
      if let (date, reason) = firm.leaving {
        delistings.text("\(firm.gvkey),\(date),\(reason.rawValue)\n")
      }
      deals += firm.deals
    }
  }

  /// Names of the key columns, which both fundamentals tables share.
  private static let keys = "gvkey,datadate,rdq,cik,indfmt,datafmt,consol,popsrc"

  static let quarterlyHeader =
    "\(keys),fyearq,fqtr,amended,"
    + QuarterlyColumn.allCases.map { "\($0)" }.joined(separator: ",") + "\n"
  static let annualHeader =
    "\(keys),fyear,amended," + AnnualColumn.allCases.map { "\($0)" }.joined(separator: ",") + "\n"
  static let priceHeader = "gvkey,date,close,split_factor,dividend,volume\n"
  static let identifierHeader = "cik,gvkey,from,to\n"
  static let delistingHeader = "gvkey,date,reason\n"

  /// One report, and for one in 50 a second line in another presentation, which the standard key
  /// set (INDL, STD, C, D) leaves out.
  private mutating func write(_ filing: Filing, of firm: FirmHistory, isAnnual: Bool) {
    line(filing, of: firm, isAnnual: isAnnual, presentation: "INDL,STD,C,D", scale: 1)
    let draw = CounterStream(seed: firm.key, 2).unit(
      UInt64(bitPattern: Int64(filing.periodEnd.daysSinceEpoch)))
    guard draw < 0.02 else { return }
    let others = ["FS,STD,C,D", "INDL,SUMM_STD,C,D", "INDL,STD,P,D", "INDL,STD,C,I"]
    line(
      filing, of: firm, isAnnual: isAnnual, presentation: others[Int(draw * 200) % 4], scale: 1.1)
  }

  private mutating func line(
    _ filing: Filing, of firm: FirmHistory, isAnnual: Bool, presentation: String, scale: Double
  ) {
    var lines = TextLines()
    lines.text("\(firm.gvkey),\(filing.periodEnd),")
    if filing.isDated { lines.date(filing.filed) }
    lines.text(",\(firm.links[firm.links.count - 1].cik),\(presentation),\(filing.fiscalYear),")
    if !isAnnual { lines.text("\(filing.fiscalQuarter),") }
    lines.text(filing.isAmendment ? "1" : "0")
    for value in filing.values {
      lines.comma()
      lines.decimal(value * scale)
    }
    lines.newline()
    if isAnnual { annual.raw(lines.bytes) } else { quarterly.raw(lines.bytes) }
  }

  private mutating func writePrices(of firm: FirmHistory, dates: [[UInt8]]) {
    let start = Array(firm.gvkey.utf8) + [UInt8(ascii: ",")]
    for price in firm.prices {
      prices.raw(start)
      prices.raw(dates[price.day])
      prices.comma()
      prices.decimal(price.close, scale: 10_000)
      prices.comma()
      prices.decimal(price.splitFactor, scale: 10)
      prices.comma()
      prices.decimal(price.dividend, scale: 100)
      prices.comma()
      prices.integer(price.volume)
      prices.newline()
    }
  }
}
