/// Distinct texts, numbered in the order in which they first appear.
///
/// The bytes of all texts lie in one array, so that looking one up allocates nothing.
package struct ByteDictionary: Sendable {
  private var storage: [UInt8] = []
  private var ends: [Int] = [0]
  private var places: [Int32] = Array(repeating: -1, count: 64)
  private var recent: Int32 = -1

  package init() {}

  /// The number of texts.
  package var count: Int { ends.count - 1 }

  /// The texts in order.
  package var texts: [String] {
    (0..<count).map { String(decoding: storage[ends[$0]..<ends[$0 + 1]], as: UTF8.self) }
  }

  /// The number of a text, which is added where it is new; `nil` where it is not valid UTF-8.
  package mutating func code(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int32? {
    // Tables are often sorted by a key, so the text is likely that of the row before.
    if recent >= 0, isEqual(Int(recent), bytes, range) { return recent }
    let mask = places.count - 1
    var place = Self.hash(bytes, range) & mask
    while places[place] >= 0 {
      if isEqual(Int(places[place]), bytes, range) {
        recent = places[place]
        return recent
      }
      place = (place + 1) & mask
    }
    guard Self.isText(bytes, range) else { return nil }
    recent = Int32(count)
    places[place] = recent
    for index in range { storage.append(bytes[index]) }
    ends.append(storage.count)
    if count * 2 > places.count { places = widerPlaces() }
    return recent
  }

  /// Adds the texts of another dictionary, and returns the number here of each.
  package mutating func merge(_ other: ByteDictionary) -> [Int32] {
    let bytes = other.storage.span
    var codes: [Int32] = []
    codes.reserveCapacity(other.count)
    for index in 0..<other.count {
      codes.append(code(bytes, other.ends[index]..<other.ends[index + 1]) ?? -1)
    }
    return codes
  }

  private func widerPlaces() -> [Int32] {
    let mask = places.count * 4 - 1
    var wider = [Int32](repeating: -1, count: mask + 1)
    let bytes = storage.span
    for index in 0..<count {
      var place = Self.hash(bytes, ends[index]..<ends[index + 1]) & mask
      while wider[place] >= 0 { place = (place + 1) & mask }
      wider[place] = Int32(index)
    }
    return wider
  }

  private func isEqual(_ code: Int, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = ends[code]
    guard ends[code + 1] - start == range.count else { return false }
    var offset = 0
    while offset < range.count {
      if storage[start + offset] != bytes[range.lowerBound + offset] { return false }
      offset += 1
    }
    return true
  }

  private static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    var state = UInt64(range.count)
    for index in range {
      state = (state ^ UInt64(bytes[index])) &* 0x9E37_79B9_7F4A_7C15
      state ^= state >> 32
    }
    return Int(truncatingIfNeeded: state >> 1)
  }

  private static func isText(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    (try? UTF8Span(validating: bytes.extracting(range))) != nil
  }
}
