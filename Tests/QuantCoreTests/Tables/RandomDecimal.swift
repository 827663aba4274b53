import QuantCore

/// Decimals that are hard to round: near the midpoint of two floats, long, subnormal, or large.
enum RandomDecimal {
  static func next(_ random: inout SplitMix64) -> String {
    let sign = ["", "-", "+"][Int(random.next() % 3)]
    switch random.next() % 4 {
    case 0: return sign + nearMidpoint(&random)
    case 1: return sign + digits(&random, upTo: 30) + "." + digits(&random, upTo: 30)
    case 2: return sign + digits(&random, upTo: 22) + "e" + String(Int(random.next() % 100) - 60)
    default: return sign + String(random.next() % 100_000_000) + "." + digits(&random, upTo: 6)
    }
  }

  /// The midpoint of two floats to 17 or fewer digits, so that it lies close to it on either side.
  private static func nearMidpoint(_ random: inout SplitMix64) -> String {
    let range: UInt32 = random.next() % 3 == 0 ? 0x0080_0000 : 0x7F00_0000
    let bits = UInt32(truncatingIfNeeded: random.next()) % range
    let below = Double(Float(bitPattern: bits))
    let middle = (below + Double(Float(bitPattern: bits + 1))) / 2
    let nudged = [middle, middle.nextUp, middle.nextDown][Int(random.next() % 3)]
    return nudged.description
  }

  private static func digits(_ random: inout SplitMix64, upTo count: UInt64) -> String {
    let length = 1 + random.next() % count
    return String((0..<length).map { _ in Character(String(random.next() % 10)) })
  }
}
