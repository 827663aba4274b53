import Foundation
import QuantCore

/// Reports of 120 firms over six years, and deals for firms that hold much cash.
struct InventedTables {
  private let firms = 120
  private let first = Period(.quarterly, containing: CalendarDate(year: 2010, month: 3, day: 31))
  private let quarters = 24

  func write(to folder: String) throws {
    var random = SplitMix64(seed: 7)
    var reports = "firm,period_end,filed,assets,cash,income\n"
    var deals = "firm,announced\n"
    for firm in 1...firms {
      var assets = 100.0 + 900 * random.unit()
      let thrift = random.unit()
      for quarter in 0..<quarters {
        let end = first.advanced(by: quarter).lastDay
        assets *= 0.98 + 0.06 * random.unit()
        let cash = assets * thrift * (0.2 + 0.1 * random.unit())
        let income = assets * 0.04 * (random.unit() - 0.3)
        reports += "F\(firm),\(end),\(end.addingDays(40)),\(assets),\(cash),\(income)\n"
        if random.unit() < 0.06 * thrift {
          deals += "F\(firm),\(end.addingDays(55))\n"
          break
        }
      }
    }
    // The last line says how far the deals reach.
    deals += "none,\(first.advanced(by: quarters).lastDay)\n"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    try reports.write(toFile: folder + "/reports.csv", atomically: true, encoding: .utf8)
    try deals.write(toFile: folder + "/deals.csv", atomically: true, encoding: .utf8)
  }
}
