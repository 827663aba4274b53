/// Why a firm with records gives no row at a decision date; the raw value stands in accounts.
enum ExclusionReason: String, Sendable, CaseIterable {
  /// It is a candidate: no exclusion.
  case none
  /// No record of the first source is available yet.
  case noRecord
  /// A deal was completed before the decision date; the firm is gone.
  case acquired
  /// The firm left the market before the decision date.
  case delisted
  /// A deal is announced and has not ended.
  case pendingDeal
  /// The period of the latest record ended too long ago.
  case staleRecord
}
