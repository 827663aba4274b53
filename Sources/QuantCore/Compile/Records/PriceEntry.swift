/// One day of a firm as it stands in a table, with what decides between two of one day.
struct PriceEntry: Sendable {
  /// The day and its numbers.
  var tick: FirmPrices.Tick
  /// Place of the identifier among all, by bytes; the lowest wins where two give one day.
  var rank: Int32

  /// Why a day cannot be used, or `nil`.
  func unusable(_ rule: FirmPrices.ReturnRule) -> String? {
    if tick.close <= 0 { return "priceNotPositive" }
    switch rule {
    case .totalReturn:
      if tick.totalReturn < -1 { return "impossibleReturn" }
      return tick.totalReturn.isNaN && tick.close.isNaN ? "missingPrice" : nil
    case .adjustedClose:
      if tick.adjustedClose <= 0 { return "priceNotPositive" }
      return tick.adjustedClose.isNaN ? "missingPrice" : nil
    case .close:
      return tick.close.isNaN ? "missingPrice" : nil
    }
  }

  /// Orders by day, then identifier, then content, so that the order of the table has no effect.
  static func isBefore(_ left: PriceEntry, _ right: PriceEntry) -> Bool {
    if left.tick.day != right.tick.day { return left.tick.day < right.tick.day }
    if left.rank != right.rank { return left.rank < right.rank }
    let (a, b) = (left.tick, right.tick)
    return (a.close.bitPattern, a.totalReturn.bitPattern, a.adjustedClose.bitPattern)
      < (b.close.bitPattern, b.totalReturn.bitPattern, b.adjustedClose.bitPattern)
      || (a.close.bitPattern == b.close.bitPattern
        && a.totalReturn.bitPattern == b.totalReturn.bitPattern
        && a.adjustedClose.bitPattern == b.adjustedClose.bitPattern
        && (a.volume.bitPattern, a.split.bitPattern, a.dividend.bitPattern)
          < (b.volume.bitPattern, b.split.bitPattern, b.dividend.bitPattern))
  }
}
