internal import QuantCore

/// What a panel is, for reading.
struct PanelText {
  private let manifest: CompileManifest
  private let style: Style

  init(_ manifest: CompileManifest, style: Style) {
    self.manifest = manifest
    self.style = style
  }

  /// Size, span, and where every row of every source went.
  var overview: String {
    let first = manifest.periods.first?.period.description ?? "-"
    let last = manifest.periods.last?.period.description ?? "-"
    let horizons = manifest.horizons.map { String($0.months) }.joined(separator: ", ")
    let lines = [
      ("panel", style.bold(TerminalText.safe(manifest.name))),
      ("key", manifest.fingerprint),
      (
        "size",
        "\(NumberText.grouped(manifest.rowCount)) rows x "
          + "\(NumberText.grouped(manifest.featureCount)) features"
      ),
      ("span", "\(first) to \(last), \(manifest.periods.count) periods"),
      ("labels", "horizons of \(horizons) months, events known to \(manifest.coveredTo)"),
    ]
    return lines.map { $0.0 + String(repeating: " ", count: 9 - $0.0.count) + $0.1 + "\n" }.joined()
      + "\n" + accounts + "\n" + rates
  }

  /// Rows in, used and dropped of every source, with the two most frequent reasons.
  var accounts: String {
    var table = TextTable([
      .text("source"), .number("rows in"), .number("used"), .number("dropped"), .text("because"),
    ])
    for account in manifest.sources + [manifest.grid] {
      let dropped = account.dropped.sorted { $0.count > $1.count }
      var reasons = dropped.prefix(2).map { "\($0.reason) \(NumberText.grouped($0.count))" }
      if dropped.count > 2 { reasons.append("\(dropped.count - 2) more") }
      table.append([
        account.source, NumberText.grouped(account.rowsIn), NumberText.grouped(account.rowsUsed),
        NumberText.grouped(account.dropped.reduce(0) { $0 + $1.count }),
        reasons.joined(separator: ", "),
      ])
    }
    return table.text(style: style)
  }

  /// The coverage rates.
  var rates: String {
    let rates = manifest.coverage.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    guard !rates.isEmpty else { return "" }
    return "coverage "
      + rates.map { "\($0.key) \(NumberText.percent($0.value))" }
      .joined(separator: ", ") + "\n"
  }
}

/// What a panel is, for programs.
enum PanelJSON {
  static func members(of manifest: CompileManifest) -> [String: JSONValue] {
    [
      "name": .string(manifest.name), "key": .string(manifest.fingerprint),
      "rows": .integer(manifest.rowCount), "features": .integer(manifest.featureCount),
      "periods": .array(manifest.periods.map { .string($0.period.description) }),
      "horizons": .array(manifest.horizons.map { .integer($0.months) }),
      "coveredTo": .string(manifest.coveredTo.description),
      "sources": .array((manifest.sources + [manifest.grid]).map(account)),
      "coverage": .object(manifest.coverage.mapValues { .number($0) }),
      "allMissingFeatures": .array(manifest.allMissingFeatures.map { .string($0) }),
    ]
  }

  private static func account(_ account: SourceAccount) -> JSONValue {
    .object([
      "source": .string(account.source), "rowsIn": .integer(account.rowsIn),
      "rowsUsed": .integer(account.rowsUsed),
      "dropped": .object(
        Dictionary(
          account.dropped.map { ($0.reason, .integer($0.count)) },
          uniquingKeysWith: { first, _ in first })),
    ])
  }
}
