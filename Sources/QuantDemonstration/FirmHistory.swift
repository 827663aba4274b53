package import QuantCore

/// A deal as it happened; what the deals table says of it may be less.
package struct PlantedDeal: Sendable, Hashable {
  /// The target.
  package let gvkey: String
  /// The day of the announcement, which is the event.
  package let announced: CalendarDate
  /// The day of completion, even where it lies behind the end of the data; `nil` where withdrawn.
  package let completed: CalendarDate?
  /// The day of withdrawal; `nil` where completed.
  package let withdrawn: CalendarDate?
  /// Premium over the last close, as a fraction.
  package let premium: Double
  /// The identifier in the deals table: empty, or of nobody, for about 6 % of the deals.
  package var reportedCIK: String
  /// Whether the identifier leads to the target.
  package var isMapped: Bool

  /// The day on which the deal ends one way or the other.
  package var resolved: CalendarDate { completed ?? withdrawn ?? announced }
}

/// Why a firm left the market.
package enum LeavingReason: String, Sendable {
  case merger
  case bankruptcy
  case voluntary
}

/// The hazard of one firm in one quarter.
package struct HazardRecord: Sendable {
  package let gvkey: String
  /// The quarter in which a deal may be announced.
  package let period: Period
  package let hazard: PlantedHazard
  /// The firm two quarters before, which is what the hazard depends on.
  package let known: FirmState
  /// Whether one was announced.
  package let hasDeal: Bool
}

/// A link from an identifier to a firm.
struct IdentifierLink: Sendable {
  let cik: String
  let from: CalendarDate
  /// `nil` where the link still holds.
  var to: CalendarDate?
}

/// A trading day of a firm.
struct PriceDay: Sendable {
  /// Index of the trading day.
  let day: Int
  /// Raw close, USD a share, rounded as it is printed.
  let close: Double
  /// New shares for one old, on the day from which on the close counts new shares.
  let splitFactor: Double
  /// Cash dividend, USD a share.
  let dividend: Double
  /// Shares traded.
  let volume: Int
}

/// The life of one firm, before it is written down.
struct FirmHistory: Sendable {
  let gvkey: String
  let traits: FirmTraits
  /// Key of the streams that decide about filings and gaps.
  let key: UInt64
  var states: [FirmState] = []
  var hazards: [HazardRecord] = []
  var deals: [PlantedDeal] = []
  var prices: [PriceDay] = []
  var links: [IdentifierLink] = []
  /// The last day of listing and why it was the last; `nil` while listed.
  var leaving: (date: CalendarDate, reason: LeavingReason)?

  /// The identifier in force on a day, or the last one.
  func cik(on date: CalendarDate) -> String {
    (links.last { $0.from <= date } ?? links[0]).cik
  }
}
