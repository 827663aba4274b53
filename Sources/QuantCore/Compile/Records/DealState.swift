/// What a deal means for its firm on a day, from what was known by then.
enum DealState: Sendable {
  /// Not announced, withdrawn, or without an end for too long.
  case absent
  /// Announced and not ended.
  case pending
  /// Completed before the day.
  case completed

  /// Judges one deal.
  ///
  /// A completion or withdrawal that lies on or after `day` is not known yet, so the deal counts as
  /// open until then, for at most `pendingDays`. A deal that ends on the day itself is still open.
  init(_ deal: Deal, on day: Int32, pendingDays: Int) {
    guard deal.announced != .min, deal.announced <= day else {
      self = .absent
      return
    }
    if deal.completed != .min, deal.completed < day {
      self = .completed
    } else if deal.withdrawn != .min, deal.withdrawn < day {
      self = .absent
    } else {
      self = Int(day) - Int(deal.announced) <= pendingDays ? .pending : .absent
    }
  }
}
