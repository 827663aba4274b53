internal import QuantCore

/// The periods that `--quarter` asks for, before the panel is known.
enum PeriodSelection: Hashable {
  /// The newest period that the panel supports.
  case latest
  /// Every period of the panel.
  case all
  /// From the first period to the last; on a finer grid a year stands for all of its periods.
  case range(Period, Period)

  /// The forms that are accepted.
  static let accepted = "2015Q3, 2003Q1..2012Q4, 2003..2012, 2015-09, all or latest"

  /// Reads `2015Q3`, `2003..2012`, `all` or `latest`; `nil` for anything else.
  init?(_ text: String) {
    switch text {
    case "latest": self = .latest
    case "all": self = .all
    default:
      let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      if parts.count == 1, let period = Period(text) {
        self = .range(period, period)
      } else if parts.count == 3, parts[1].isEmpty, let first = Period(parts[0]),
        let last = Period(parts[2]), first.advanced(by: -1).lastDay < last.lastDay
      {
        self = .range(first, last)
      } else {
        return nil
      }
    }
  }

  /// The periods on the grid of a panel, in order.
  ///
  /// - Parameter newest: the newest period that the panel supports for what is asked.
  /// - Throws: `SplitError.unknownPeriod` for one that the panel does not have.
  func periods(
    of panel: CompiledPanel, newest: Period?
  ) throws(CommandFailure) -> [Period] {
    switch self {
    case .all: return panel.periods
    case .latest:
      guard let newest else {
        throw CommandFailure(
          .unsupportedSplit,
          "no period can be trained: " + HorizonSupport.text(HorizonSupport.of(panel)))
      }
      return [newest]
    case .range(let first, let last):
      guard let grid = panel.periods.first?.frequency,
        let lower = first.bounds(on: grid)?.lowerBound,
        let upper = last.bounds(on: grid)?.upperBound, lower <= upper
      else {
        throw CommandFailure(
          .unsupportedSplit,
          "--quarter \(first)\(first == last ? "" : "..\(last)"): the panel does not have it; accepted: "
            + "\(panel.periods.first?.description ?? "-") to \(panel.periods.last?.description ?? "-")"
        )
      }
      let periods = (lower.ordinal...upper.ordinal).map { Period(grid, ordinal: $0) }
      for period in periods where panel.entry(of: period) == nil {
        throw CommandFailure(
          SplitError.unknownPeriod(
            period, first: panel.periods.first, last: panel.periods.last))
      }
      return periods
    }
  }
}

extension Period {
  /// The periods of a grid that lie in this one, or `nil` where the grid is coarser.
  func bounds(on grid: Frequency) -> ClosedRange<Period>? {
    if frequency == grid { return self...self }
    guard frequency == .annual else { return nil }
    let count = Int32(12 / grid.months)
    return Period(
      grid, ordinal: ordinal * count)...Period(grid, ordinal: ordinal * count + count - 1)
  }
}

extension HorizonSupport {
  /// What a panel supports, on one line.
  static func text(_ support: [HorizonSupport]) -> String {
    support.map(\.description).joined(separator: "; ")
  }
}
