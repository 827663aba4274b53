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

/// Sorts the first `count` keys ascending; whether they end in `spare`, not in `keys`.
///
/// The other of the two ends with any content.
func sortKeys(
  _ keys: inout MutableSpan<UInt32>, spare: inout MutableSpan<UInt32>, count: Int
) -> Bool {
  precondition(count <= keys.count && count <= spare.count)
  var counts = [Int](repeating: 0, count: 3 * 2048)
  for index in 0..<count {
    let key = keys[index]
    counts[Int(key & 2047)] &+= 1
    counts[2048 &+ Int(key >> 11 & 2047)] &+= 1
    counts[4096 &+ Int(key >> 22)] &+= 1
  }
  var isInSpare = false
  for pass in 0..<3 {
    var sum = 0
    var isShared = false
    for index in pass * 2048..<(pass + 1) * 2048 {
      let size = counts[index]
      isShared = isShared || size == count
      counts[index] = sum
      sum += size
    }
    if isShared { continue }
    let (shift, first) = (UInt32(pass * 11), pass * 2048)
    if isInSpare {
      scatter(spare.span.extracting(0..<count), shift: shift, &counts, first: first, into: &keys)
    } else {
      scatter(keys.span.extracting(0..<count), shift: shift, &counts, first: first, into: &spare)
    }
    isInSpare.toggle()
  }
  return isInSpare
}

private func scatter(
  _ keys: Span<UInt32>, shift: UInt32, _ offsets: inout [Int], first: Int,
  into sorted: inout MutableSpan<UInt32>
) {
  var places = offsets.mutableSpan
  for index in keys.indices {
    let key = keys[index]
    let digit = first &+ Int(key &>> shift & 2047)
    let place = places[digit]
    sorted[place] = key
    places[digit] = place &+ 1
  }
}
