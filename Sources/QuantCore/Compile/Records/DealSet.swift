/// One deal of the event source, with the firm it found.
struct Deal: Sendable {
  /// Place of the firm in the panel's firms, or -1 where there is none.
  var firm: Int32
  /// The announcement in days since 1970-01-01: the event; `Int32.min` where missing.
  var announced: Int32
  /// The completion, or `Int32.min`.
  var completed: Int32
  /// The withdrawal, or `Int32.min`.
  var withdrawn: Int32
  /// Row of the table.
  var tableRow: Int32
  /// Why the deal is not used, or `nil` so far.
  var dropReason: DealDrop?
}

/// Why a deal is not used for labels.
enum DealDrop: String, Sendable, CaseIterable {
  /// The identifier is empty.
  case missingIdentifier
  /// The identifier map has no link that holds at the announcement.
  case unmappedIdentifier
  /// There is no announcement.
  case missingAnnouncement
  /// Another line has the same firm and the same days.
  case duplicate
  /// No label window of the grid contains the announcement.
  case outsideGrid
  /// The firm has no row whose label window contains the announcement.
  case neverCandidate
}

/// The deals of the event source: those that keep rules leave, in the order of the table.
struct DealSet: Sendable {
  /// The deals.
  var deals: [Deal] = []
  /// The text of the firm column of each deal, empty where missing.
  var identifiers: [String] = []
  /// The file, for messages.
  var file = ""
  /// Line in the file of each deal.
  var lines: [Int] = []
  /// First day that the source covers.
  var coveredFrom: Int32 = .min
  /// Last day that the source covers.
  var coveredTo: Int32 = .min
  /// Rows that keep rules reject.
  var drops = DropTally()
  /// Rows of the table.
  var rowsIn = 0
  private var dealsByFirm: [[Int32]] = []
  /// The number of firms of the panel.
  var firmCount: Int { dealsByFirm.count }

  /// Reads the deals of a table.
  init(
    _ table: RawTable, source: EventSource, map: IdentifierMap?, firms: FirmIndex
  ) throws(CompileError) {
    file = table.file
    rowsIn = table.rowCount
    let rows = try table.rows(keeping: source.table.keep, drops: &drops)
    let texts = try table.textColumn(source.firm)
    let resolver = FirmResolver(texts.values, map: map)
    let places = resolver.places(in: firms)
    let announced = try table.dateColumn(source.announced)
    let completed = try source.completed.map { (name) throws(CompileError) in
      try table.dateColumn(name)
    }
    let withdrawn = try source.withdrawn.map { (name) throws(CompileError) in
      try table.dateColumn(name)
    }
    dealsByFirm = Array(repeating: [], count: firms.count)
    for row in rows.map(Int.init) {
      var deal = Deal(
        firm: -1, announced: announced[row], completed: completed?[row] ?? .min,
        withdrawn: withdrawn?[row] ?? .min, tableRow: Int32(row), dropReason: nil)
      switch resolver.firm(code: texts.codes[row], on: deal.announced) {
      case .missing: deal.dropReason = .missingIdentifier
      case .unmapped: deal.dropReason = .unmappedIdentifier
      case .firm(let name): deal.firm = places[Int(name)]
      }
      if deal.announced == .min { deal.dropReason = .missingAnnouncement }
      identifiers.append(texts[row] ?? "")
      lines.append(table.line(ofRow: row))
      deals.append(deal)
    }
    markDuplicates(firms: resolver.names, codes: texts.codes, resolver: resolver)
    for (index, deal) in deals.enumerated() where deal.dropReason == nil && deal.firm >= 0 {
      dealsByFirm[Int(deal.firm)].append(Int32(index))
    }
    let days = deals.map(\.announced).filter { $0 != .min }
    coveredFrom =
      source.coveredFrom?.daysSinceEpoch
      ?? days.min().map { DealSet.firstOfMonth($0) } ?? .max
    // A completion says nothing of coverage: deals announced up to a day are often followed for years.
    coveredTo = source.coveredTo?.daysSinceEpoch ?? days.max() ?? .min
  }

  /// The deals of a firm that are not dropped, as indices.
  func deals(of firm: Int) -> [Int32] { dealsByFirm[firm] }

  private static func firstOfMonth(_ day: Int32) -> Int32 {
    day - Int32(CalendarDate(daysSinceEpoch: day).components.day - 1)
  }

  private mutating func markDuplicates(
    firms: [String], codes: [Int32], resolver: FirmResolver
  ) {
    struct Key: Hashable {
      var firm: Int32
      var announced: Int32
      var completed: Int32
      var withdrawn: Int32
    }
    var seen: Set<Key> = []
    for index in deals.indices where deals[index].dropReason == nil {
      let deal = deals[index]
      let code = codes[Int(deal.tableRow)]
      guard case .firm(let name) = resolver.firm(code: code, on: deal.announced) else { continue }
      let key = Key(
        firm: name, announced: deal.announced, completed: deal.completed,
        withdrawn: deal.withdrawn)
      if !seen.insert(key).inserted { deals[index].dropReason = .duplicate }
    }
  }
}
