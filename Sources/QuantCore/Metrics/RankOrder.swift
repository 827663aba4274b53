/// Orders numbers by a stable radix sort, the same on every machine.
///
/// Eight passes over one byte each; a byte that all keys share costs no pass, so that keys which
/// differ in few bytes sort in few passes.
package enum RankOrder {
  /// The places of `keys` in ascending order; equal keys keep their order in `start`.
  ///
  /// - Complexity: O(n), two arrays of n keys and places.
  package static func ascending(_ keys: [UInt64], start: [Int32]? = nil) -> [Int32] {
    sorted(keys, start: start).places
  }

  /// The same, and the keys in that order: reading them in a row is faster than looking them up.
  package static func sorted(
    _ keys: [UInt64], start: [Int32]? = nil
  ) -> (keys: [UInt64], places: [Int32]) {
    let count = keys.count
    var places = start ?? Array(0..<Int32(count))
    precondition(places.count == count)
    guard count > 1 else { return (keys, places) }
    var current = start == nil ? keys : places.map { keys[Int($0)] }
    var nextKeys = [UInt64](repeating: 0, count: count)
    var nextPlaces = [Int32](repeating: 0, count: count)
    let histograms = counts(keys)
    for byte in 0..<8 {
      var offsets = [Int](repeating: 0, count: 256)
      var sum = 0
      var isShared = false
      for value in 0..<256 {
        offsets[value] = sum
        let size = histograms[byte * 256 + value]
        isShared = isShared || size == count
        sum += size
      }
      if isShared { continue }
      scatter(
        current.span, places.span, byte: byte, &offsets, into: &nextKeys, &nextPlaces)
      swap(&current, &nextKeys)
      swap(&places, &nextPlaces)
    }
    return (current, places)
  }

  /// Maps a number to 64 bits that ascend as it descends; -0 and +0 are equal.
  package static func descendingKey(_ value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern
    return bits >> 63 == 1 ? bits : ~bits & (1 << 63 - 1)
  }

  /// The places of scores from highest to lowest; ties by ascending key, then by place.
  package static func descending(_ scores: [Double], keys: [UInt64]? = nil) -> [Int32] {
    ascending(scores.map(descendingKey), start: keys.map { ascending($0) })
  }

  /// For each place its rank in an order, 1 for the first; no two share a rank.
  package static func ranks(_ order: [Int32]) -> [Int32] {
    var ranks = [Int32](repeating: 0, count: order.count)
    for (position, place) in order.enumerated() { ranks[Int(place)] = Int32(position + 1) }
    return ranks
  }

  private static func counts(_ keys: [UInt64]) -> [Int] {
    // Small numbers, so that all histograms stay in the first-level cache.
    var histograms = [Int32](repeating: 0, count: 8 * 256)
    var target = histograms.mutableSpan
    for key in keys {
      for byte in 0..<8 {
        target[byte &* 256 &+ Int(key >> UInt64(byte &* 8) & 0xFF)] &+= 1
      }
    }
    return histograms.map { Int($0) }
  }

  private static func scatter(
    _ keys: Span<UInt64>, _ places: Span<Int32>, byte: Int, _ offsets: inout [Int],
    into nextKeys: inout [UInt64], _ nextPlaces: inout [Int32]
  ) {
    let shift = UInt64(byte * 8)
    var offset = offsets.mutableSpan
    var keyTarget = nextKeys.mutableSpan
    var placeTarget = nextPlaces.mutableSpan
    for index in keys.indices {
      let key = keys[index]
      let digit = Int(key >> shift & 0xFF)
      let target = offset[digit]
      offset[digit] = target &+ 1
      keyTarget[target] = key
      placeTarget[target] = places[index]
    }
  }
}
