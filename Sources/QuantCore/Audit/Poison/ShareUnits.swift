/// For each price line the unit of its share after two invented splits of every firm.
///
/// One split falls on the firm's first day after the cut; where the source has split factors, another
/// falls on one of its days up to the cut. Factors are powers of two, so scaling is exact and returns
/// keep their bits.
struct ShareUnits: Sendable {
  private struct Firm: Sendable {
    var past: Int32 = .min
    var later: Int32 = .max
    var pastFactor: Float = 1
    var laterFactor: Float = 1
  }
  private let firms: [Firm]
  private let days: [Int32]
  private let owners: [Int32]
  private static let factors: [Float] = [0.25, 0.5, 2, 4]

  init(days: [Int32], owners: [Int32], poison: Poison, hasPast: Bool) {
    self.days = days
    self.owners = owners
    let count = Int(owners.max() ?? -1) + 1
    var known = [[Int32]](repeating: [], count: count)
    var firms = [Firm](repeating: Firm(), count: count)
    for row in days.indices where owners[row] >= 0 && days[row] != .min {
      let owner = Int(owners[row])
      if days[row] <= poison.cut {
        known[owner].append(days[row])
      } else {
        firms[owner].later = min(firms[owner].later, days[row])
      }
    }
    for owner in firms.indices where !known[owner].isEmpty {
      let bits = poison.bits(owner, 80)
      firms[owner].laterFactor = ShareUnits.factors[Int(bits % 4)]
      guard hasPast else { continue }
      // Among the last 250 days, where windows of price features lie.
      let recent = Array(Set(known[owner]).sorted().suffix(250))
      firms[owner].past = recent[Int((bits >> 8) % UInt64(recent.count))]
      firms[owner].pastFactor = ShareUnits.factors[Int((bits >> 4) % 4)]
    }
    self.firms = firms
  }

  /// What prices of a line are multiplied by; a split's own day is in the new unit, but a dividend of
  /// that day is paid on the old share (`isInclusive`).
  func factor(_ row: Int, isInclusive: Bool) -> Float {
    let firm = firms[Int(owners[row])]
    let day = days[row]
    func isBefore(_ split: Int32) -> Bool { isInclusive ? day <= split : day < split }
    return (isBefore(firm.past) ? firm.pastFactor : 1)
      * (isBefore(firm.later) ? firm.laterFactor : 1)
  }

  /// What an adjusted series is multiplied by as a whole.
  func whole(_ row: Int) -> Float { firms[Int(owners[row])].laterFactor }

  /// What the split factor of a line is multiplied by.
  func split(_ row: Int) -> Float {
    let firm = firms[Int(owners[row])]
    return (days[row] == firm.past ? firm.pastFactor : 1)
      * (days[row] == firm.later ? firm.laterFactor : 1)
  }
}
