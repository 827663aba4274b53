// Sorting the values of a column. Fast because a float maps to an integer of the same order, and three
// stable passes over 11 bits sort integers without comparing. It assumes that there is no NaN. -0 and
// +0 are one value.

/// Integers whose order is that of floats.
enum FloatOrder {
  /// The key of a number that is not NaN.
  @inline(__always)
  static func key(_ value: Float) -> UInt32 {
    let bits = (value + 0).bitPattern
    // All ones for a negative number, so that all its bits turn; else the sign alone does.
    let turned = UInt32(bitPattern: Int32(bitPattern: bits) >> 31)
    return bits ^ (turned | 1 << 31)
  }

  /// The number of a key.
  static func value(_ key: UInt32) -> Float {
    Float(bitPattern: key >> 31 == 1 ? key & ~(1 << 31) : ~key)
  }
}

/// Sorts keys ascending; `spare` is as long and ends with any content.
func sortKeys(_ keys: inout [UInt32], spare: inout [UInt32]) {
  precondition(keys.count == spare.count)
  var counts = [Int](repeating: 0, count: 3 * 2048)
  for key in keys {
    counts[Int(key & 2047)] &+= 1
    counts[2048 &+ Int(key >> 11 & 2047)] &+= 1
    counts[4096 &+ Int(key >> 22)] &+= 1
  }
  for pass in 0..<3 {
    var sum = 0
    var isShared = false
    for index in pass * 2048..<(pass + 1) * 2048 {
      let size = counts[index]
      isShared = isShared || size == keys.count
      counts[index] = sum
      sum += size
    }
    if isShared { continue }
    scatter(keys.span, shift: UInt32(pass * 11), &counts, first: pass * 2048, into: &spare)
    swap(&keys, &spare)
  }
}

private func scatter(
  _ keys: Span<UInt32>, shift: UInt32, _ offsets: inout [Int], first: Int,
  into target: inout [UInt32]
) {
  var places = offsets.mutableSpan
  var sorted = target.mutableSpan
  for index in keys.indices {
    let key = keys[index]
    let digit = first &+ Int(key &>> shift & 2047)
    let place = places[digit]
    sorted[place] = key
    places[digit] = place &+ 1
  }
}
