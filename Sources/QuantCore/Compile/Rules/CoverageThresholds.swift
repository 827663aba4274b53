/// Coverage rates below which a compile fails; 0 never fails.
public struct CoverageThresholds: Codable, Hashable, Sendable {
  /// Least share of events that find their firm.
  public var mappedEvents: Double
  /// Least share of rows with a price on or shortly before the decision date.
  public var pricedRows: Double

  /// Reads `compile.coverage`.
  public init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    mappedEvents = try reader.number(
      "mappedEvents", default: 0, "least share of events that find their firm",
      accepted: "0 ≤ x ≤ 1"
    ) { (0...1).contains($0) }
    pricedRows = try reader.number(
      "pricedRows", default: 0, "least share of rows with prices", accepted: "0 ≤ x ≤ 1"
    ) { (0...1).contains($0) }
  }
}
