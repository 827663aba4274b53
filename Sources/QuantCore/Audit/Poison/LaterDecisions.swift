/// The decision dates after the audited one: not a source, but later rows could show in earlier ones.
struct LaterDecisions: PoisonableSource {
  let name = "decisions"
  let oracle = "the grid"
  let isIndependent = false
  /// The periods of the grid.
  let periods: [Period]
  /// The day of each decision.
  let days: [Int32]

  var recordCount: Int { periods.count }
  var lastDay: Int32? { days.last }

  func apply(_ poison: Poison, to world: inout AuditWorld) throws(CompileError) -> PoisonCount {
    var count = PoisonCount(poison)
    guard poison.mutation == .removed, let last = days.lastIndex(where: { $0 <= poison.cut }) else {
      return count
    }
    let removed = (last + 1..<periods.count).filter {
      count.takes("the decisions of \(periods[$0])")
    }
    // Periods are consecutive, so taking one out takes out those after it.
    if let first = removed.first { world.lastPeriod = periods[first - 1] }
    return count
  }
}
