/// Dated links from identifiers (CIK, CUSIP, ticker) to firms.
struct IdentifierMap: Sendable {
  /// One link; both days belong to it.
  struct Link: Hashable, Sendable {
    var firm: String
    var from: Int32
    var to: Int32

    /// A link that always holds.
    static func always(_ firm: String) -> Link { Link(firm: firm, from: .min, to: .max) }
  }

  /// Where the rows of the table went.
  let account: SourceAccount
  private let links: [ExactText: [Link]]

  /// Reads a table of links.
  ///
  /// Links of an identifier to one firm may overlap; a row without identifier or firm, or whose last
  /// day precedes its first, is dropped and counted.
  ///
  /// - Throws: `CompileError.ambiguousIdentifier` where links to different firms overlap.
  init(_ table: RawTable, source: IdentifierSource) throws(CompileError) {
    var drops = DropTally()
    let rows = try table.rows(keeping: source.table.keep, drops: &drops)
    let identifiers = try table.textColumn(source.identifier)
    let firms = try table.textColumn(source.firm)
    let from = try source.from.map { (name) throws(CompileError) in try table.dateColumn(name) }
    let to = try source.to.map { (name) throws(CompileError) in try table.dateColumn(name) }
    var collected: [ExactText: [(link: Link, row: Int)]] = [:]
    var used = 0
    for row in rows.map(Int.init) {
      guard let identifier = identifiers[row] else {
        drops.add("missingIdentifier")
        continue
      }
      guard let firm = firms[row] else {
        drops.add("missingFirm")
        continue
      }
      let first = from?[row] ?? .min
      let last = to.map { $0[row] == .min ? .max : $0[row] } ?? .max
      guard first <= last else {
        drops.add("emptyInterval")
        continue
      }
      used += 1
      collected[ExactText(text: identifier), default: []]
        .append((Link(firm: firm, from: first, to: last), row))
    }
    account = try drops.account(source: "identifiers", rowsIn: table.rowCount, rowsUsed: used)
    // The first offence in the order of identifiers is reported, whatever the order of the table.
    var merged: [ExactText: [Link]] = [:]
    for identifier in collected.keys.sortedByBytes(of: \.text) {
      let sorted = (collected[identifier] ?? []).sorted {
        ($0.link.from, $0.row) < ($1.link.from, $1.row)
      }
      merged[identifier] = try IdentifierMap.merged(
        sorted, identifier: identifier.text, table: table)
    }
    links = merged
  }

  /// The links of an identifier, ascending and disjoint; empty where it is not known.
  func links(of identifier: String) -> [Link] { links[ExactText(text: identifier)] ?? [] }

  private static func merged(
    _ sorted: [(link: Link, row: Int)], identifier: String, table: RawTable
  ) throws(CompileError) -> [Link] {
    var result: [Link] = []
    var lastRow = 0
    for (link, row) in sorted {
      guard let previous = result.last, link.from <= previous.to else {
        result.append(link)
        lastRow = row
        continue
      }
      guard ExactText(text: previous.firm) == ExactText(text: link.firm) else {
        throw .ambiguousIdentifier(
          identifier: identifier,
          firms: [previous.firm, link.firm].sortedByBytes(),
          day: CalendarDate(daysSinceEpoch: link.from), file: table.file,
          lines: [table.line(ofRow: lastRow), table.line(ofRow: row)].sorted())
      }
      result[result.count - 1].to = max(previous.to, link.to)
    }
    return result
  }
}
